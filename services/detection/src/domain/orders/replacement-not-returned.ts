import { orderDetector } from './order-claim.js';

/** Units in place of which Amazon sent others, and that never came back. */
export const replacementNotReturned = orderDetector('replacement_not_returned', [
  'replacement_not_returned',
]);
