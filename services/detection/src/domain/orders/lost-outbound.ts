import { orderDetector } from './order-claim.js';

/** Units of which Amazon itself says, by why it replaced or paid, that they were lost or damaged on their way to the buyer. */
export const lostOutbound = orderDetector('lost_outbound', ['lost_outbound']);
