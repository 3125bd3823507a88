import type { OrderCause } from './order-cause.js';
import * as claims from './order-claims.js';
import * as lookAlikes from './order-look-alikes.js';

/** Leaves units of an order, or money for it, that Amazon owes. */
export const ORDER_CLAIMS: readonly OrderCause[] = Object.values(claims);

/** Looks like one of them, and nothing is owed. */
export const ORDER_LOOK_ALIKES: readonly OrderCause[] = Object.values(lookAlikes);
