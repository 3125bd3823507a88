import { streams, type NewEvent, type RecordedEvent } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { finding as claim, seen } from '../test/claim-story.js';
import { clearRisk, noteRisk, riskState, type RiskFinding, type RiskState } from './risk.js';

const risk: RiskFinding = {
  riskId: 'risk_1',
  kind: 'transfer_in_transit',
  subject: claim.subject,
  since: '2026-09-01',
  quantity: 4,
  reason: '4 units left PHX7 and have arrived nowhere.',
  nextStep: 'Nothing yet.',
  rule: claim.policy,
  lines: claim.allocation,
  sources: claim.sources,
};
const GONE = 'The units arrived.';

/** The risk after these steps, each deciding over what the ones before it left. */
function after(...steps: ((state: RiskState | null) => readonly NewEvent[])[]): RiskState | null {
  const events: RecordedEvent[] = [];
  for (const step of steps) {
    for (const event of step(riskState(events))) {
      const streamVersion = events.length + 1;
      const place = { tenantId: 't', shard: 0, streamId: streams.risk('risk_1'), schemaVersion: 1 };
      events.push({ ...event, ...place, position: streamVersion, streamVersion } as RecordedEvent);
    }
  }
  return riskState(events);
}

const sees =
  (detectionId: string, what = risk) =>
  (state: RiskState | null) =>
    noteRisk(state, what, seen(detectionId));
const sawNone = (detectionId: string) => (state: RiskState | null) =>
  state ? clearRisk(state, GONE, seen(detectionId)) : [];

describe('given a risk that a detection sees', () => {
  it('then it is noted once, and seen again, however its facts are ordered, nothing happens', () => {
    expect(noteRisk(null, risk, seen('d1'))).toMatchObject([{ type: 'claim.risk_noted' }]);
    expect(sees('d2')(after(sees('d1')))).toEqual([]);
    const { sources, ...rest } = risk;
    expect(sees('d2', { sources, ...rest })(after(sees('d1')))).toEqual([]);
  });

  it('then deciding twice from the same state makes the same event', () => {
    const [first] = noteRisk(null, risk, seen('d1'));
    expect(noteRisk(null, risk, seen('d1'))[0]?.id).toBe(first?.id);
    expect(noteRisk(null, risk, seen('d2'))[0]?.id).not.toBe(first?.id);
  });

  it('then other facts change it, and who noted it stays known', () => {
    const fewer = { ...risk, quantity: 2 };
    const state = after(sees('d1'), sees('d2', fewer));
    expect(state).toMatchObject({
      open: true,
      notedBy: 'd1',
      changedBy: 'd2',
      risk: { quantity: 2 },
    });
    expect(sees('d3', fewer)(state)).toEqual([]);
  });

  it('then what is gone is cleared once, and seen again it is a new one', () => {
    const cleared = after(sees('d1'), sawNone('d2'));
    expect(cleared).toMatchObject({ open: false, clearedBy: 'd2' });
    expect(sawNone('d3')(cleared)).toEqual([]);
    expect(sees('d3')(cleared)).toMatchObject([{ type: 'claim.risk_noted' }]);
    expect(after(sees('d1'), sawNone('d2'), sees('d3'))).toMatchObject({
      open: true,
      notedBy: 'd3',
      clearedBy: null,
    });
  });

  it('then what the seller had erased is new when it is seen again', () => {
    const state = after(sees('d1'));
    const erased = { ...seen('d2'), erasedUpTo: 1 };
    expect(noteRisk(state, risk, erased)).toMatchObject([{ type: 'claim.risk_noted' }]);
    const again = after(sees('d1'), (now) => noteRisk(now, risk, erased));
    expect(noteRisk(again, risk, { ...seen('d3'), erasedUpTo: 1 })).toEqual([]);
  });
});
