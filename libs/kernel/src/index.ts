export { backoffMs, sleep, type BackoffOptions } from './backoff.js';
export { addDays, dayIn, daysBetween, systemClock, type Clock } from './clock.js';
export { Coalescer, type CoalescerOptions } from './coalesce.js';
export { deadline, type Deadline } from './deadline.js';
export { AppError, codeOf, messageOf } from './errors.js';
export { groupBy } from './group-by.js';
export { derivedId, derivedName, newId, newName } from './ids.js';
export {
  BadAmount,
  currencyDigits,
  fromMinor,
  minorOf,
  sumByCurrency,
  times,
  toMinor,
  type Money,
} from './money.js';
export { ALL_SHARDS, SHARD_COUNT, shardOf } from './shard.js';
