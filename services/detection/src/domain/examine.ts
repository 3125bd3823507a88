import type { ClaimFinding } from '@recoup/domain';
import type { Context } from './context.js';
import { canRun } from './coverage.js';
import {
  together,
  type Detected,
  type Detector,
  type KeyKind,
  type Keys,
  type PastWindow,
} from './detector.js';
import type { ProductFacts } from './facts.js';
import { byNetwork } from './networks.js';
import { allocate } from './warehouse/allocation.js';

export interface Examined {
  readonly findings: readonly ClaimFinding[];
  readonly tooEarly: readonly ClaimFinding[];
  readonly pastWindow: readonly PastWindow[];
  /** Losses about which nothing can be said: no policy for their place, or no place. */
  readonly unjudged: number;
}

/** Runs all detectors of products over one. They share one allocation: no unit, find or payment counts for two of them. */
export function examineProduct(
  product: ProductFacts,
  detectors: readonly Detector[],
  context: Context,
): Examined {
  const { networks, unplaced } = byNetwork(product);
  const results = networks.map(({ network, facts }) =>
    detectAll(
      'product',
      { network, facts, allocation: allocate(facts, network) },
      {
        detectors,
        context,
      },
    ),
  );
  return examined(together(results), unplaced);
}

/** Runs all detectors of orders, or of charges, over one key. */
export function examineKey<K extends KeyKind>(
  of: K,
  key: Keys[K],
  look: { readonly detectors: readonly Detector[]; readonly context: Context },
): Examined {
  return examined(detectAll(of, key, look), 0);
}

function detectAll<K extends KeyKind>(
  of: K,
  key: Keys[K],
  { detectors, context }: { readonly detectors: readonly Detector[]; readonly context: Context },
): Detected {
  return together(
    detectors
      .filter((detector) => detector.of === of && canRun(detector, context.coverage))
      .map((detector) => (detector as { detect: Detect<K> }).detect(key, context)),
  );
}

type Detect<K extends KeyKind> = (key: Keys[K], context: Context) => Detected;

function examined({ withoutPolicy, ...detected }: Detected, unplaced: number): Examined {
  return { ...detected, unjudged: withoutPolicy + unplaced };
}
