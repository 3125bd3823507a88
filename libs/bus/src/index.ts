export { BadAccess, newBusUser, publicKeyOf, type Access } from './access.js';
export { inboxesOf } from './connection.js';
export { openBus, type Bus, type BusOptions } from './bus.js';
export {
  OrderedConsumer,
  type ConsumerRecord,
  type OrderedConsumerOptions,
} from './ordered-consumer.js';
export type { Publisher, PublishOptions } from './publisher.js';
export { NoAnswer } from './request.js';
export type { Delivery, SubscribeOptions } from './subscription.js';
export { durableName, MAX_AGE_MS, STREAM } from './topology.js';
