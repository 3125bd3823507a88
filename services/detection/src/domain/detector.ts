import type { ClaimSubtype, ClaimWindow, SyncResource } from '@recoup/contracts';
import type { ClaimFinding } from '@recoup/domain';
import type { Context } from './context.js';
import type { OrderFacts } from './facts.js';
import type { ProductKey } from './product-key.js';
import type { SkuCharges } from './fees/charge-book.js';

/** What detectors are asked about, one key at a time. */
export interface Keys {
  /** One product in one network of warehouses. */
  readonly product: ProductKey;
  /** One order with all that followed from it. */
  readonly order: OrderFacts;
  /** What the sales of one SKU were charged, after all orders were read. */
  readonly charges: SkuCharges;
}
export type KeyKind = keyof Keys;

/** A loss that would be a claim had its window not closed. */
export interface PastWindow {
  readonly claimId: string;
  readonly units: number;
  readonly window: ClaimWindow;
}

export interface Detected {
  readonly findings: readonly ClaimFinding[];
  /** What will be claims when their windows open: nothing new comes of them, and claims that are open already stay. */
  readonly tooEarly: readonly ClaimFinding[];
  readonly pastWindow: readonly PastWindow[];
  /** Losses of places that no policy speaks of: nothing can be said about them. */
  readonly withoutPolicy: number;
}

interface DetectorOf<K extends KeyKind> {
  readonly subtype: ClaimSubtype;
  /** What it looks at. */
  readonly of: K;
  /** Sources without which it finds nothing. */
  readonly needs: readonly SyncResource[];
  /** Pure: the same key at the same instant gives the same findings, in the same order. */
  detect(key: Keys[K], context: Context): Detected;
}
export type ProductDetector = DetectorOf<'product'>;
export type OrderDetector = DetectorOf<'order'>;
export type ChargesDetector = DetectorOf<'charges'>;
export type Detector = ProductDetector | OrderDetector | ChargesDetector;

export const NOTHING: Detected = { findings: [], tooEarly: [], pastWindow: [], withoutPolicy: 0 };

/** What several looks found, together. */
export function together(all: readonly Detected[]): Detected {
  return {
    findings: all.flatMap(({ findings }) => findings),
    tooEarly: all.flatMap(({ tooEarly }) => tooEarly),
    pastWindow: all.flatMap(({ pastWindow }) => pastWindow),
    withoutPolicy: all.reduce((sum, { withoutPolicy }) => sum + withoutPolicy, 0),
  };
}
