import type { AnyProjection } from '@recoup/projections';
import { activityProjection } from './activity.js';
import { claimProjection } from './claim.js';
import { connectionProjection } from './connection.js';
import { syncProjection } from './sync.js';

/** All read models of the gateway. */
export const projections: readonly AnyProjection[] = [
  syncProjection,
  claimProjection,
  activityProjection,
  connectionProjection,
];
