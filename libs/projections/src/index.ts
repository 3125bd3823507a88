export { applyEvents } from './apply.js';
export { FoldFailed, stuckRows, type StuckRow } from './stuck-rows.js';
export { tableName, type AnyProjection, type Projection } from './projection.js';
export { projectShard, runProjector, type ProjectorDependencies } from './projector.js';
export { rebuildProjection, RebuildUnderWay, type Rebuild } from './rebuild.js';
export { waitForProjections, type WaitForProjections } from './wait.js';
