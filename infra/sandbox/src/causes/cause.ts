import type { Plot } from './plot.js';

/** What a cause says about the rows it made: the truth comes from here, never from reading the rows. */
export interface Outcome {
  readonly claims?: readonly PlantedClaim[];
  readonly lookAlikes?: readonly {
    readonly referenceIds: readonly string[];
    readonly why: string;
  }[];
}

export interface PlantedClaim {
  readonly subtype: 'lost_warehouse' | 'damaged_warehouse';
  readonly units: number;
  readonly day: number;
  readonly referenceIds: readonly string[];
}

/** Something that happened to stock. */
export interface Cause {
  readonly name: string;
  /** Days from its first row to its last one. */
  readonly span: number;
  /** How often it is planted beside the others. */
  readonly weight: number;
  /** Whether Amazon pays money in it: that would make the value of a later loss known. */
  readonly pays?: boolean;
  /** A fixed place in time, for causes that are about their age. Days before the anchor. */
  readonly age?: { readonly from: number; readonly to: number };
  readonly plant: (plot: Plot) => Outcome;
}
