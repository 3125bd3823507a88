import { orderDetector } from './order-claim.js';

/** Units that Amazon booked as returned and sellable, and that no shelf took in. */
export const returnLostInFc = orderDetector('return_lost_in_fc', ['return_lost'], ['ledger']);
