import type { RecordedEvent } from '@recoup/contracts';
import type { AnyProjection } from '@recoup/projections';
import { activityProjection } from './activity.js';
import { auditProjection } from './audit.js';
import { claimProjection } from './claim.js';
import { connectionProjection } from './connection.js';
import { detectionProjection } from './detection.js';
import { documentProjection } from './document.js';
import { paymentProjection } from './payment.js';
import { riskProjection } from './risk.js';
import { syncProjection } from './sync.js';

/** A seller who asked for it is forgotten: what Amazon and the log told of him leaves the read models. */
const erases = (event: RecordedEvent): boolean =>
  event.type === 'sync.amazon_disconnected' && event.data.purge;

/** Read models of what was copied from Amazon, and of what came of it. */
const ofSellers: readonly AnyProjection[] = [
  syncProjection,
  claimProjection,
  paymentProjection,
  activityProjection,
  connectionProjection,
  detectionProjection,
  riskProjection,
  documentProjection,
  auditProjection,
];

/** All read models of the gateway. */
export const projections: readonly AnyProjection[] = ofSellers.map((projection) => ({
  ...projection,
  erases,
}));
