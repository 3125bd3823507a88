import type { RecordedEvent } from '@recoup/contracts';
import { evolveClaim, fromCommand, refuseSubmission, type ClaimState } from '@recoup/domain';
import { describe, expect, it } from 'vitest';
import { claimOf, detectedData, unknownValue } from '../testing/detected.js';
import { lostRow } from '../testing/rows.js';
import { advanceClaim, type Advance } from './advance-claim.js';
import { foresee } from './foresee.js';

const cause = fromCommand('service:evidence', new Date('2026-11-20T12:00:00Z'));
const claim = claimOf(detectedData({ ledger: [lostRow()] }));
const given: Advance = {
  tenantId: 'tenant-1',
  validation: {
    requiredDocuments: 'Available',
    documents: [],
    amazonCompliance: 'Verified',
    complianceReasons: [],
    successProbability: 0.93,
  },
  channel: 'sandbox',
  choices: { approvalLimit: 500, autoFile: true },
  today: '2026-11-20',
  requests: 0,
  cause,
};

const types = (events: readonly { type: string }[]): string[] => events.map(({ type }) => type);
const after = (state: ClaimState, advance: Advance): ClaimState =>
  foresee(advance.tenantId, state, advanceClaim(state, advance).events);

function refused(state: ClaimState): ClaimState {
  const idempotencyKey = state.submission?.idempotencyKey ?? '';
  const events = refuseSubmission(state, { idempotencyKey, reasons: ['no'] }, cause);
  return foresee('tenant-1', state, Array.isArray(events) ? events : []);
}

describe('given a claim for the auto tier', () => {
  it('when it is filed by call, then validation, approval and request go together', () => {
    const { events, files } = advanceClaim(claim, given);
    expect(types(events)).toEqual([
      'claim.validated',
      'claim.auto_submission_approved',
      'claim.submission_requested',
    ]);
    expect(files).toBe(true);
    expect(after(claim, given).status).toBe('submission_requested');
  });

  it('when a person files, then it is queued and nothing is requested', () => {
    const { events, files } = advanceClaim(claim, { ...given, channel: 'queue' });
    expect(types(events)).toEqual([
      'claim.validated',
      'claim.auto_submission_approved',
      'claim.queued_for_filing',
    ]);
    expect(files).toBe(false);
  });

  it('when it is decided twice from the same state, then the events are the same', () => {
    const ids = advanceClaim(claim, given).events.map(({ id }) => id);
    expect(advanceClaim(claim, given).events.map(({ id }) => id)).toEqual(ids);
    expect(new Set(ids).size).toBe(3);
  });

  it.each(['sandbox', 'queue'] as const)(
    'when it went to the %s, then again makes nothing',
    (channel) => {
      const advance = { ...given, channel };
      expect(advanceClaim(after(claim, advance), advance).events).toEqual([]);
    },
  );

  it('when it waits in the queue, then a change of setting does not file it', () => {
    const queued = after(claim, { ...given, channel: 'queue' });
    expect(advanceClaim(queued, given).events).toEqual([]);
  });

  it('when the desk refused it, then rescoring alone does not send it again', () => {
    const manual = refused(after(claim, given));
    expect(manual.status).toBe('manual');
    const validation = { ...given.validation, successProbability: 0.99 };
    const { events, files } = advanceClaim(manual, { ...given, validation, requests: 1 });
    expect(types(events)).toEqual(['claim.validated']);
    expect(files).toBe(false);
  });

  it('when another quantity is claimed after a refusal, then it is another request', () => {
    const manual = refused(after(claim, given));
    const data = detectedData({ ledger: [lostRow({ quantity: -3 })] });
    const changed = evolveClaim(manual, {
      type: 'claim.quantity_changed',
      streamVersion: manual.version + 1,
      data: { ...data, claimId: manual.claimId, previousQuantity: 4, reason: 'found' },
    } as unknown as RecordedEvent);
    const again = changed && after(changed, { ...given, requests: 1 });
    expect(again?.status).toBe('submission_requested');
    expect(again?.submission?.idempotencyKey).not.toBe(manual.submission?.idempotencyKey);
  });
});

describe('given a claim of unknown value', () => {
  it('then it is validated and asked about, never filed', () => {
    const data = detectedData({ ledger: [lostRow()], change: { value: unknownValue } });
    const { events } = advanceClaim(claimOf(data), given);
    expect(types(events)).toEqual(['claim.validated', 'claim.review_prompted']);
  });
});
