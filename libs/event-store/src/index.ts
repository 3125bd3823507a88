export { BadRequest } from './encode.js';
export type { AppendOutcome, AppendRequest, ExpectedVersion } from './append-request.js';
export { EventIdTaken, ForeignStream, GapInLog } from './errors.js';
export { openEventStore, type EventStore } from './event-store.js';
export { followShard, type FollowOptions } from './follow.js';
export { inTransaction } from './in-transaction.js';
export { listenToLog, type LogNotifications, type ShardWatch } from './notifications.js';
export { ownShards, type OwnershipOptions } from './shard-ownership.js';
export type { Stretch } from './read.js';
