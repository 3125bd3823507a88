import { describe, expect, it } from 'vitest';
import { kindOf } from './blow.js';
import { planBattering } from './plan-battering.js';

describe('planBattering', () => {
  it('given the same seed, then the same rounds; given another, then others', () => {
    expect(planBattering(7, 60)).toEqual(planBattering(7, 60));
    expect(planBattering(8, 60)).not.toEqual(planBattering(7, 60));
  });

  it('given 200 rounds, then every kind of blow is among them', () => {
    const kinds = new Set(planBattering(20_260, 200).map(({ blow }) => kindOf(blow)));
    for (const wire of ['postgres', 'nats', 'amazon']) {
      for (const what of ['cut', 'part', 'freeze', 'slow', 'forget']) {
        expect(kinds).toContain(`${what} the way to ${wire}`);
      }
    }
    for (const victim of ['gateway', 'ingestion', 'detection', 'evidence']) {
      expect(kinds).toContain(`kill ${victim}`);
      expect([...kinds].filter((kind) => kind.startsWith(`pause ${victim}`))).not.toEqual([]);
    }
    const others = ['kill postgres', 'kill nats-server', 'kill two at once', 'kill a backend'];
    const more = [
      'disk full',
      'clock jumps',
      'clock ahead',
      'clock behind',
      'all read models rebuilt',
    ];
    expect([...kinds]).toEqual(expect.arrayContaining([...others, ...more]));
  });

  it('given 200 rounds, then their days are fewer than the simulated world has', () => {
    const seconds = planBattering(1, 200).map(({ passSeconds, blow }) =>
      blow.kind === 'clock jumps' ? passSeconds + blow.seconds : passSeconds,
    );
    expect(seconds.reduce((sum, more) => sum + more, 0) / 86_400).toBeLessThan(390);
  });
});
