export { applyEvents } from './apply.js';
export { tableName, type AnyProjection, type Projection } from './projection.js';
export { projectShard, runProjector, type ProjectorDependencies } from './projector.js';
export { waitForProjections, type WaitForProjections } from './wait.js';
