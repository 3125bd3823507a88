import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openClock } from './clock.js';
import { NOW, refusal, startRig } from './testing/rig.js';
import { truth } from './testing/shapes.js';

describe('given a clock that runs fast', () => {
  let directory: string;
  let outerMs = Date.parse(NOW);
  const outer = { now: () => new Date(outerMs) };
  const reading = async (speed: number) =>
    (await openClock({ directory, outer, speed })).now().getTime();

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'recoup-clock-'));
    outerMs = Date.parse(NOW);
  });
  afterEach(() => rm(directory, { recursive: true }));

  test('then a restart goes on at the same place, with another speed too', async () => {
    const clock = await openClock({ directory, outer, speed: 60 });
    expect(clock.now().toISOString()).toBe(NOW);
    outerMs += 60_000;
    expect(clock.now().getTime()).toBe(Date.parse(NOW) + 3_600_000);
    expect(await reading(60)).toBe(Date.parse(NOW) + 3_600_000);
    expect(await reading(1)).toBe(Date.parse(NOW) + 3_600_000);
    outerMs += 1_000;
    expect(await reading(1)).toBe(Date.parse(NOW) + 3_601_000);
  });

  test('then it can be moved forward, and stays moved', async () => {
    const clock = await openClock({ directory, outer, speed: 1 });
    await clock.advance(86_400_000);
    outerMs += 5;
    expect(clock.now().getTime()).toBe(Date.parse(NOW) + 86_400_005);
    expect(await reading(1)).toBe(Date.parse(NOW) + 86_400_005);
  });

  test('when it is moved several times at once, then all of it counts, and stays', async () => {
    const clock = await openClock({ directory, outer, speed: 1 });
    await Promise.all([1_000, 2_000, 3_000, 4_000].map((ms) => clock.advance(ms)));
    expect(clock.now().getTime()).toBe(Date.parse(NOW) + 10_000);
    expect(await reading(1)).toBe(Date.parse(NOW) + 10_000);
  });
});

describe('given a sandbox with days ahead', () => {
  const clockSchema = z.object({ now: z.iso.datetime() });
  const TRUTH = '/sandbox/sellers/A2HARBORPINE01/truth';

  test('when its clock is moved, then tokens expire, the world goes on, and a restart does not go back', async () => {
    await using rig = await startRig({ SANDBOX_DAYS_AHEAD: 10 });
    const move = (advanceSeconds: number) =>
      rig.call('/sandbox/clock', { method: 'POST', body: { advanceSeconds } });
    const before = truth.parse((await rig.call(TRUTH)).json);
    const token = await rig.accessToken('A2HARBORPINE01');
    const { now } = clockSchema.parse((await move(3 * 86_400)).json);
    expect(now.slice(0, 10)).toBe('2026-03-13');
    expect(
      refusal(await rig.call('/sellers/v1/marketplaceParticipations', { token })).details,
    ).toBe('The access token you provided has expired.');
    const after = truth.parse((await rig.call(TRUTH)).json);
    expect(after.counts['orders']).toBeGreaterThan(before.counts['orders'] ?? 0);
    expect(after.counts['ledgerRows']).toBeGreaterThan(before.counts['ledgerRows'] ?? 0);
    await rig.restart();
    const shown = clockSchema.parse((await rig.call('/sandbox/clock')).json).now;
    expect(Date.parse(shown)).toBeGreaterThanOrEqual(Date.parse(now));
    expect(refusal(await move(-1)).status).toBe(400);
  });
});
