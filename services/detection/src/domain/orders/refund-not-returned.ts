import { orderDetector } from './order-claim.js';

/** Units whose buyer got the price back and that never came back. */
export const refundNotReturned = orderDetector('refund_not_returned', ['refund_not_returned']);
