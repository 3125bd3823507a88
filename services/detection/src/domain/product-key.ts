import type { Network } from '@recoup/domain';
import type { ProductFacts } from './facts.js';
import type { Allocation } from './warehouse/allocation.js';

/** One product in one network of warehouses. */
export interface ProductKey {
  readonly network: Network;
  readonly facts: ProductFacts;
  /** Its losses in warehouses, each with all that was set off against it. */
  readonly allocation: Allocation;
}
