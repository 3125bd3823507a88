import type { ProcessName } from '../../product/index.js';
import { seeded, type Seeded } from '../seeded.js';
import { SERVICES, type BatterRound, type Blow, type WireName } from './blow.js';

const VICTIMS: readonly [ProcessName, ...ProcessName[]] = [
  ...SERVICES,
  ...(['postgres', 'nats-server', 'sandbox'] as const),
];
const WIRES: readonly [WireName, ...WireName[]] = ['postgres', 'nats', 'amazon'];

type Draw = (random: Seeded) => Blow;

/** Every kind of blow, as often as it stands here. */
const DRAWS: readonly [Draw, ...Draw[]] = [
  (random) => kill(random, random.shuffle(VICTIMS).slice(0, 2)),
  ...VICTIMS.map(
    (victim): Draw =>
      (random) =>
        kill(random, [victim]),
  ),
  () => ({ kind: 'kill a backend' }),
  (random) => pause(random, false),
  (random) => pause(random, true),
  ...WIRES.flatMap((wire): Draw[] => [
    (random) => ({ kind: 'cut', wire, times: whole(random, 1, 6) }),
    (random) => ({ kind: 'part', wire, forMs: whole(random, 500, 4000) }),
    (random) => ({ kind: 'freeze', wire, forMs: whole(random, 500, 6000) }),
    (random) => slow(random, wire),
  ]),
  () => ({ kind: 'wipe', killedAfterMs: null }),
  (random) => ({ kind: 'wipe', killedAfterMs: whole(random, 0, 1500) }),
  (random) => ({ kind: 'disk full', forMs: whole(random, 1000, 4000) }),
  () => ({ kind: 'rivals' }),
  () => ({ kind: 'rebuild' }),
  (random) => ({ kind: 'clock jumps', seconds: whole(random, 3600, 50 * 3600) }),
  (random) => ({
    kind: 'clock wrong',
    victim: random.pick(SERVICES),
    byMs: -whole(random, ...WRONG),
  }),
  (random) => ({
    kind: 'clock wrong',
    victim: random.pick(SERVICES),
    byMs: whole(random, ...WRONG),
  }),
];

/** Once in a run, spread over it: what is silent for good is given up after as long as the slowest statement may take. */
const RARE: readonly Draw[] = WIRES.map((wire) => () => ({ kind: 'forget', wire }));

/** A whole number from `low` up to but not including `high`. */
function whole(random: Seeded, low: number, high: number): number {
  return Math.floor(random.between(low, high));
}

/** How wrong a clock may be, in milliseconds: what is due waits until the clock that is behind has caught up. */
const WRONG = [2_000, 12_000] as const;

function slow(random: Seeded, wire: WireName): Blow {
  return {
    ...{ kind: 'slow', wire, forMs: whole(random, 2000, 6000) },
    ...{ delayMs: whole(random, 20, 200), bytesPerSecond: whole(random, 20_000, 200_000) },
  };
}

function kill(random: Seeded, victims: readonly ProcessName[]): Blow {
  const atOnce = random.between(0, 1) < 0.6;
  return { kind: 'kill', victims, downMs: atOnce ? 0 : Math.round(random.between(300, 3000)) };
}

function pause(random: Seeded, lockLost: boolean): Blow {
  const beyondMs = Math.round(random.between(300, 1500));
  return { kind: 'pause', victim: random.pick(SERVICES), beyondMs, lockLost };
}

const NEW_SELLER_SHARE = 0.2;
/** So that no run of 200 rounds leaves the simulated world's days behind. */
const PASS_SECONDS = { least: 6 * 3600, most: 40 * 3600 };

/** The rounds of a battering, the same for the same seed: every kind of blow in turn, in an order of its own each time. */
export function planBattering(seed: number, count: number): BatterRound[] {
  const random = seeded(seed);
  const draws: Draw[] = [];
  const rare = new Map(
    RARE.map((draw, nth) => [Math.floor((count * (nth + 1)) / (RARE.length + 1)), draw]),
  );
  return Array.from({ length: count }, (_, index) => {
    if (draws.length === 0) draws.push(...random.shuffle(DRAWS));
    const draw = rare.get(index) ?? draws.pop() ?? DRAWS[0];
    return {
      nth: index + 1,
      blow: draw(random),
      moment: {
        share: Number(random.between(0, 1.1).toFixed(2)),
        laterMs: Math.round(random.between(0, 150)),
      },
      newSeller: random.between(0, 1) < NEW_SELLER_SHARE,
      passSeconds: Math.round(random.between(PASS_SECONDS.least, PASS_SECONDS.most)),
    };
  });
}
