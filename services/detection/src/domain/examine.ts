import type { ClaimFinding, RiskFinding } from '@recoup/domain';
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
import type { Watcher } from './watcher.js';

export interface Examined {
  readonly findings: readonly ClaimFinding[];
  readonly tooEarly: readonly ClaimFinding[];
  readonly pastWindow: readonly PastWindow[];
  readonly risks: readonly RiskFinding[];
  /** Losses about which nothing can be said: no policy for their place, or no place. */
  readonly unjudged: number;
}

/** What is asked of a key: detectors for claims, watchers for risks; without watchers claims only. */
export interface Rules {
  readonly detectors: readonly Detector[];
  readonly watchers?: readonly Watcher[];
}

/** Asks all that look at products about one. They share one allocation: no unit, find or payment counts for two of them. */
export function examineProduct(product: ProductFacts, rules: Rules, context: Context): Examined {
  const { networks, unplaced } = byNetwork(product);
  const keys = networks.map(({ network, facts }) => ({
    ...{ network, facts },
    allocation: allocate(facts, network),
  }));
  const detected = keys.map((key) => detectAll('product', key, { ...rules, context }));
  const risks = keys.flatMap((key) => watchAll('product', key, { ...rules, context }));
  return examined(together(detected), { risks, unplaced });
}

/** Asks all that look at orders, or at charges, about one key. */
export function examineKey<K extends KeyKind>(of: K, key: Keys[K], look: Look): Examined {
  return examined(detectAll(of, key, look), { risks: watchAll(of, key, look), unplaced: 0 });
}

interface Look extends Rules {
  readonly context: Context;
}

function detectAll<K extends KeyKind>(of: K, key: Keys[K], { detectors, context }: Look): Detected {
  return together(
    detectors
      .filter((detector) => detector.of === of && canRun(detector, context.coverage))
      .map((detector) => (detector as { detect: Ask<K, Detected> }).detect(key, context)),
  );
}

function watchAll<K extends KeyKind>(
  of: K,
  key: Keys[K],
  { watchers = [], context }: Look,
): readonly RiskFinding[] {
  return watchers
    .filter((watcher) => watcher.of === of && canRun(watcher, context.coverage))
    .flatMap((watcher) =>
      (watcher as { watch: Ask<K, readonly RiskFinding[]> }).watch(key, context),
    );
}

type Ask<K extends KeyKind, Answer> = (key: Keys[K], context: Context) => Answer;

function examined(
  { withoutPolicy, ...detected }: Detected,
  { risks, unplaced }: { readonly risks: readonly RiskFinding[]; readonly unplaced: number },
): Examined {
  return { ...detected, risks, unjudged: withoutPolicy + unplaced };
}
