import type { ClaimSubtype } from '@recoup/contracts';
import { featureNames, type FeatureName } from '@recoup/detection';
import type { Example } from '../examples.js';

/** Examples by column, as learning goes through them. */
export interface Columns {
  readonly count: number;
  readonly ofFeature: Readonly<Record<FeatureName, Float64Array>>;
  readonly ofKind: ReadonlyMap<ClaimSubtype, Float64Array>;
  /** 1 where the claim was approved. */
  readonly approved: Float64Array;
}

/** The kinds that are given a column of their own, and all features. */
export function columnsOf(examples: readonly Example[], kinds: readonly ClaimSubtype[]): Columns {
  const column = (value: (example: Example) => number) => Float64Array.from(examples, value);
  return {
    count: examples.length,
    ofFeature: Object.fromEntries(
      featureNames.map((name, at) => [name, column(({ features }) => features[at] ?? 0)]),
    ) as Columns['ofFeature'],
    ofKind: new Map(
      kinds.map((kind) => [kind, column(({ subtype }) => (subtype === kind ? 1 : 0))]),
    ),
    approved: column(({ approved }) => (approved ? 1 : 0)),
  };
}

/** Features that are not the same for all of them. */
export function varying({ ofFeature }: Columns): readonly FeatureName[] {
  return featureNames.filter((name) =>
    ofFeature[name].some((value) => value !== ofFeature[name][0]),
  );
}
