import { orderDetector } from './order-claim.js';

/** Units that came back and that Amazon, or its carrier, damaged. What the buyer damaged is nobody's claim. */
export const returnDamagedByAmazon = orderDetector('return_damaged_by_amazon', [
  'return_damaged',
  'return_damaged_by_carrier',
]);
