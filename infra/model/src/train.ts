import { createHash } from 'node:crypto';
import type { ClaimSubtype } from '@recoup/contracts';
import { modelFileSchema, type ModelFile } from '@recoup/detection';
import { examplesOf, type Example } from './examples.js';
import { calibrated } from './learn/calibrate.js';
import { columnsOf, varying } from './learn/columns.js';
import { fit } from './learn/fit.js';
import { measure } from './learn/measure.js';
import { sellerAt, SHIFTED, USUAL, type Mix } from './mixes.js';

/** How many sellers serve each purpose. No seller serves two. */
export interface Sellers {
  readonly training: number;
  readonly calibration: number;
  readonly test: number;
  /** In each of the shifted mixes. */
  readonly shifted: number;
}

/** Kinds with fewer claims than this among those of the training share one weight: their own would be noise. */
const ENOUGH = 100;

/** Trains, calibrates and measures a model. The same numbers give the same file, byte for byte. */
export async function train(
  sellers: Sellers,
  progress: (line: string) => void = () => undefined,
): Promise<ModelFile> {
  const gather = (mix: Mix, purpose: keyof Sellers) =>
    gathered(mix, { purpose, count: sellers[purpose], progress });
  const training = await gather(USUAL, 'training');
  const calibration = await gather(USUAL, 'calibration');
  const kinds = countKinds(training);
  const columns = columnsOf(
    training,
    kinds.filter(([, n]) => n >= ENOUGH).map(([kind]) => kind),
  );
  const model = calibrated(fit(columns), calibration);
  const test = await gather(USUAL, 'test');
  const shifted = [];
  for (const mix of SHIFTED) {
    shifted.push({ name: mix.name, measured: measure(model, await gather(mix, 'shifted')) });
  }
  const sha256 = createHash('sha256')
    .update(JSON.stringify([training, calibration]))
    .digest('hex');
  const weights = createHash('sha256').update(JSON.stringify(model)).digest('hex');
  return modelFileSchema.parse({
    version: `claims-synthetic-${weights.slice(0, 8)}`,
    trained: {
      data: 'synthetic',
      training: { worlds: sellers.training, claims: training.length },
      calibration: { worlds: sellers.calibration, claims: calibration.length },
      test: { worlds: sellers.test, claims: test.length },
      sha256,
    },
    ...model,
    learned: varying(columns),
    learnedKinds: Object.fromEntries(kinds),
    figures: { same: measure(model, test), shifted },
  });
}

async function gathered(
  mix: Mix,
  {
    purpose,
    count,
    progress,
  }: { purpose: string; count: number; progress: (line: string) => void },
): Promise<Example[]> {
  const examples: Example[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const { world, reading, desk } = await sellerAt(mix, purpose, nth);
    examples.push(...(await examplesOf(world, reading, desk)));
    progress(`${purpose}, ${mix.name}: ${nth + 1} of ${count} sellers, ${examples.length} claims`);
  }
  return examples;
}

function countKinds(examples: readonly Example[]): [ClaimSubtype, number][] {
  const counts = new Map<ClaimSubtype, number>();
  for (const { subtype } of examples) counts.set(subtype, (counts.get(subtype) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
