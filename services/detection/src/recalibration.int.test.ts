import { fileURLToPath } from 'node:url';
import { streams, type EventData, type RecordedEvent, type Score } from '@recoup/contracts';
import { claimState, eventOf, fromCommand } from '@recoup/domain';
import { newName } from '@recoup/kernel';
import { createDatabase, eventually, natsServer, spawnService } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRunningDetection, type RunningDetection } from '../test/running-detection.js';
import { LEAST_OUTCOMES } from './domain/recalibration/recalibrate.js';

const COMMAND = fileURLToPath(new URL('../dist/calibration-command.js', import.meta.url));
/** Losses of each seller: what Amazon refuses of them, and what stays open. */
const REFUSED = 90;
const OPEN = 5;

let detection: RunningDetection;
beforeAll(async () => {
  detection = await openRunningDetection(await createDatabase(), await natsServer());
  // Several processes: whoever takes a seller's detection calibrates, and nobody else.
  await Promise.all([detection.start(), detection.start()]);
}, 300_000);
afterAll(() => detection[Symbol.asyncDispose]());

/** The claims of a tenant as they stand, in the order of their ids. */
async function claimsOf(tenantId: string) {
  const all = await detection.claimStreams(tenantId);
  return all.flatMap((events) => claimState(events) ?? []);
}

const append = (tenantId: string, streamId: string, event: ReturnType<typeof eventOf>) =>
  detection.store.append({ tenantId, streamId, expected: 'any', events: [event] });

const cause = () => fromCommand('user:u', new Date());

/** A seller whose losses were found, and of which Amazon has then refused that many, whatever the model thinks of them. */
async function sellerRefused(refused: number): Promise<string> {
  const tenantId = newName('tenant');
  await detection.ended(tenantId, await detection.syncOf(tenantId, refused + OPEN));
  for (const { claimId } of (await claimsOf(tenantId)).slice(0, refused)) {
    const data: EventData<'claim.denied'> = {
      ...{ claimId, amazonCaseId: `case-${claimId}`, source: 'desk', reason: 'not owed' },
    };
    await append(
      tenantId,
      streams.claim(claimId),
      eventOf('claim.denied', data, { cause: cause() }),
    );
  }
  return tenantId;
}

/** Chooses, and waits until the detection that follows has ended. */
async function choose(tenantId: string, learnFromOutcomes: boolean): Promise<void> {
  const event = eventOf('claim.settings_changed', { learnFromOutcomes }, { cause: cause() });
  await append(tenantId, streams.settings(tenantId), event);
  await detection.endedAfter(tenantId, event.id);
}

async function scoresOfOpen(tenantId: string): Promise<Score[]> {
  const open = (await claimsOf(tenantId)).filter(({ decision }) => decision === null);
  expect(open).toHaveLength(OPEN);
  return open.map(({ assessment }) => assessment.score);
}

type Calibrated = RecordedEvent & { readonly type: 'claim.model_calibrated' };
async function calibrated(tenantId: string): Promise<Calibrated[]> {
  const events = await detection.store.readStream(tenantId, streams.calibration(tenantId));
  return events.filter((event): event is Calibrated => event.type === 'claim.model_calibrated');
}

describe('given a seller whose claims Amazon refuses, though the model thinks them likely', () => {
  let tenantId: string;
  let other: string;
  let before: Score[];
  let ofOther: Score[];
  beforeAll(async () => {
    [tenantId, other] = await Promise.all([sellerRefused(REFUSED), sellerRefused(REFUSED)]);
    [before, ofOther] = await Promise.all([scoresOfOpen(tenantId), scoresOfOpen(other)]);
    for (const { confidence } of before) expect(confidence).toBeGreaterThan(0.5);
  }, 400_000);

  it('when a detection follows, then nothing moves: the seller has not chosen it', async () => {
    await choose(tenantId, false);
    expect(await scoresOfOpen(tenantId)).toEqual(before);
    expect(await calibrated(tenantId)).toEqual([]);
  }, 300_000);

  it('when the seller chooses to learn from them, then what is open is less likely, and says why', async () => {
    await choose(tenantId, true);
    const [said, ...more] = await calibrated(tenantId);
    if (!said) throw new Error('nothing was said');
    expect(more).toEqual([]);
    const { slope, shift, outcomes, logLoss, reason } = said.data;
    expect(reason).toBe('better_on_held_out');
    expect(outcomes.learned + outcomes.heldOut).toBe(REFUSED);
    expect(logLoss?.after).toBeLessThan(Number(logLoss?.before));
    const after = await scoresOfOpen(tenantId);
    expect(after.map(({ own }) => own)).toEqual(
      after.map(() => ({ slope, shift, outcomes, logLoss, since: said.occurredAt })),
    );
    for (const [n, { confidence, contributions }] of after.entries()) {
      expect(confidence).toBeLessThan(Number(before[n]?.confidence) / 2);
      expect(contributions.map(({ feature }) => feature)).toContain('own_outcomes');
    }
  }, 300_000);

  it('then another seller’s claims are scored as before, and the same outcomes promote nothing twice', async () => {
    await choose(other, false);
    expect(await scoresOfOpen(other)).toEqual(ofOther);
    expect(await calibrated(other)).toEqual([]);
    await choose(tenantId, true);
    expect(await calibrated(tenantId)).toHaveLength(1);
  }, 300_000);

  it('when an operator takes it back by the command, then the scores are what they were', async () => {
    const env = { DATABASE_URL: detection.url };
    const command = await spawnService({
      script: COMMAND,
      args: ['--tenant', tenantId, '--off'],
      env,
    });
    expect((await command.exit).code).toBe(0);
    expect(command.output).toMatch(/Learning from own outcomes: off/);
    expect(command.output).toMatch(new RegExp(`Decided claims: ${REFUSED} `));
    const last = await eventually(async () => (await calibrated(tenantId))[1], {
      timeoutMs: 200_000,
    });
    expect(last.data).toMatchObject({ slope: 1, shift: 0, reason: 'turned_off' });
    await eventually(
      async () => (await scoresOfOpen(tenantId)).every(({ own }) => own === undefined),
      { timeoutMs: 200_000 },
    );
    expect(await scoresOfOpen(tenantId)).toEqual(before);
  }, 300_000);
});

it('given too few outcomes, then choosing promotes nothing', async () => {
  const tenantId = await sellerRefused(LEAST_OUTCOMES - 1);
  const before = await scoresOfOpen(tenantId);
  await choose(tenantId, true);
  expect(await calibrated(tenantId)).toEqual([]);
  expect(await scoresOfOpen(tenantId)).toEqual(before);
}, 300_000);
