import type { ProcessName } from '../../product/index.js';
import { seeded, type Seeded } from '../seeded.js';

/** Services run under the launcher; the others are servers of the test. */
export const SERVICES = ['gateway', 'ingestion', 'detection', 'evidence'] as const;
export type ServiceName = (typeof SERVICES)[number];

const VICTIMS: readonly [ProcessName, ...ProcessName[]] = [
  ...SERVICES,
  ...(['postgres', 'nats-server', 'sandbox'] as const),
];

/** What is done to the product. */
export type Blow =
  | { readonly kind: 'kill'; readonly victims: readonly ProcessName[]; readonly downMs: number }
  /** SIGKILL to one process of Postgres that serves a client: the server then starts all anew by itself. */
  | { readonly kind: 'kill a backend' }
  /** SIGSTOP beyond the lease while another instance runs, then SIGCONT. `lockLost`: its locks are lost meanwhile. */
  | {
      readonly kind: 'pause';
      readonly victim: ServiceName;
      readonly beyondMs: number;
      readonly lockLost: boolean;
    };

/** When: so much of what a usual round appends to the log, and a little later. */
export interface Moment {
  readonly share: number;
  readonly laterMs: number;
}

export interface BatterRound {
  readonly nth: number;
  readonly moment: Moment;
  readonly blow: Blow;
  /** A seller connects before it: a first sync, with many claims. */
  readonly newSeller: boolean;
  /** By how much the clock is moved before it, in seconds: something new has happened to the sellers. */
  readonly passSeconds: number;
}

type Draw = (random: Seeded) => Blow;

/** Every kind of blow, as often as it stands here. */
const DRAWS: readonly [Draw, ...Draw[]] = [
  (random) => kill(random, [random.pick(VICTIMS)]),
  (random) => kill(random, [random.pick(VICTIMS)]),
  (random) => kill(random, random.shuffle(VICTIMS).slice(0, 2)),
  () => ({ kind: 'kill a backend' }),
  (random) => pause(random, false),
  (random) => pause(random, true),
];

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
  return Array.from({ length: count }, (_, index) => {
    if (draws.length === 0) draws.push(...random.shuffle(DRAWS));
    const draw = draws.pop() ?? DRAWS[0];
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

/** The kind of a blow, as the report counts it. */
export function kindOf(blow: Blow): string {
  if (blow.kind === 'kill') {
    return blow.victims.length > 1 ? 'kill two at once' : `kill ${blow.victims[0]}`;
  }
  if (blow.kind === 'pause') return `pause ${blow.victim}${blow.lockLost ? ', locks lost' : ''}`;
  return blow.kind;
}
