export { runRelay } from './relay.js';
export { CheckpointMoved, relayShard, type RelayDependencies } from './relay-shard.js';
