import { orderDetector } from './order-claim.js';

/** Units in place of which something else came back, as a person says: no report tells it, and a person files it. */
export const returnWrongItem = orderDetector('return_wrong_item', ['wrong_item']);
