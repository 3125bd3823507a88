import type { ProcessName } from '../product/index.js';
import { describeRound, type Blow, type Moment, type Round } from './round.js';
import { seeded, type Seeded } from './seeded.js';

const VICTIMS: readonly [ProcessName, ...ProcessName[]] = [
  'gateway',
  'ingestion',
  'detection',
  'evidence',
  'sandbox',
  'postgres',
  'nats-server',
];

const LOSS = 'lose the store of nats-server';

/** Where a detection and a filing can be caught, by the events that mark their steps. */
const STEPS: Readonly<Record<'detection' | 'filing', readonly [string, ...string[]]>> = {
  detection: [
    'sync.completed',
    'claim.detection_started',
    'claim.detected',
    'claim.detection_completed',
  ],
  filing: ['claim.validated', 'claim.submission_requested', 'claim.submitted'],
};

/**
 * The rounds of a run, the same for the same seed: first every process once in the sync, in detection and in filing;
 * then the bus that loses its store, and the launcher; then whatever the seed makes of it.
 */
export function planRounds(seed: number, count: number): Round[] {
  const random = seeded(seed);
  // Spread over the whole sync: each process in a seventh of its own.
  const sevenths = random.shuffle(VICTIMS.map((_, nth) => nth));
  const planned: [Moment, Blow][] = [
    ...VICTIMS.map((victim, nth): [Moment, Blow] => [
      inSync(random, sevenths[nth] ?? 0),
      kill(random, victim),
    ]),
    ...(['detection', 'filing'] as const).flatMap((phase) =>
      VICTIMS.map((victim): [Moment, Blow] => [inStep(random, phase), kill(random, victim)]),
    ),
    [inSync(random, 3), { kind: LOSS, while: 'down' }],
    [inSync(random, 3), { kind: LOSS, while: 'running', killedAfterMs: null }],
    [inSync(random, 1), { kind: LOSS, while: 'running', killedAfterMs: 700 }],
    [inStep(random, 'detection'), { kind: LOSS, while: 'down' }],
    [inSync(random, 2), { kind: 'kill the launcher' }],
    [inStep(random, 'filing'), { kind: 'kill the launcher' }],
  ];
  while (planned.length < count) planned.push([anyMoment(random), anyBlow(random)]);
  return planned.slice(0, count).map(([moment, blow], nth) => ({
    name: `${nth + 1}. ${describeRound(moment, blow)}`,
    moment,
    blow,
  }));
}

function kill(random: Seeded, victim: ProcessName): Blow {
  const atOnce = random.between(0, 1) < 0.5;
  return { kind: 'kill', victim, downMs: atOnce ? 0 : Math.round(random.between(300, 4000)) };
}

/** Within one seventh of the progress; up to 98, since 99 and 100 are the last two steps. */
function inSync(random: Seeded, seventh: number): Moment {
  const progress = Math.floor(random.between(seventh * 14, seventh * 14 + 14));
  return { in: 'sync', progress, laterMs: Math.round(random.between(0, 300)) };
}

function inStep(random: Seeded, phase: 'detection' | 'filing'): Moment {
  const share = Number(random.between(0.05, 1).toFixed(2));
  const laterMs = Math.round(random.between(0, 80));
  return { in: phase, event: random.pick(STEPS[phase]), share, laterMs };
}

function anyMoment(random: Seeded): Moment {
  const phase = random.pick<'sync' | 'detection' | 'filing'>([
    'sync',
    'sync',
    'detection',
    'filing',
  ]);
  return phase === 'sync'
    ? inSync(random, Math.floor(random.between(0, 7)))
    : inStep(random, phase);
}

function anyBlow(random: Seeded): Blow {
  const dice = random.between(0, 1);
  if (dice < 0.1) return { kind: 'kill the launcher' };
  if (dice < 0.18) return { kind: LOSS, while: 'down' };
  if (dice < 0.25) {
    return { kind: LOSS, while: 'running', killedAfterMs: Math.round(random.between(0, 2000)) };
  }
  return kill(random, random.pick(VICTIMS));
}
