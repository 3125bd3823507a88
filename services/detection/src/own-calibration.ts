import { streams, type OwnCalibration, type RecordedEvent } from '@recoup/contracts';
import { erasedUpTo, eventOf, sellerSettings } from '@recoup/domain';
import { derivedId } from '@recoup/kernel';
import { readClaims } from './claim-stream.js';
import { causeOf, type DetectionDeps } from './detection-stream.js';
import { decidedClaim } from './domain/recalibration/decided-claim.js';
import { NO_CALIBRATION, type DecidedClaim } from './domain/recalibration/platt.js';
import { isNone, recalibrate } from './domain/recalibration/recalibrate.js';
import { claimModel } from './domain/score/model.js';
import type { DetectionJob } from './job.js';

const TYPE = 'claim.model_calibrated';

/**
 * What the seller's own outcomes move of its scores in this detection; null where they move nothing. Every detection looks
 * at them first, but for a reprocessing, which changes nothing but what it was asked for. A detection that begins again
 * after a crash goes on with what it said before. Throws what the store and the database throw.
 */
export async function ownCalibration(
  deps: DetectionDeps,
  job: DetectionJob,
): Promise<OwnCalibration | null> {
  const { tenantId } = job;
  const known = await readOwn(deps, tenantId);
  const id = derivedId(TYPE, job.detectionId);
  const looked = known.calibrated.some((event) => event.id === id);
  if (looked || job.trigger === 'reprocess') return known.current;
  if (!known.isOn && known.current === null) return null;
  const decided = recalibrate({
    modelVersion: claimModel.version,
    isOn: known.isOn,
    current: known.current ?? NO_CALIBRATION,
    claims: await decidedClaims(deps, tenantId),
  });
  if (!decided) return known.current;
  const meta = { cause: causeOf(deps, job), once: [job.detectionId] };
  const event = eventOf(TYPE, { modelType: 'claims', ...decided }, meta);
  const outcome = await deps.store.append({
    ...{ tenantId, streamId: streams.calibration(tenantId), events: [event] },
    expected: known.calibrated.at(-1)?.streamVersion ?? 'absent',
  });
  // One detection of a seller runs at a time: another that wrote here has taken this one's lease, and its word stands.
  if (!outcome.ok) return (await readOwn(deps, tenantId)).current;
  return inForce({ ...decided, since: event.occurredAt });
}

type Calibrated = RecordedEvent & { readonly type: typeof TYPE };

/** What is known of a seller's own calibration. */
export interface OwnKnown {
  /** Whether the seller has chosen it. */
  readonly isOn: boolean;
  /** What was ever said of it, oldest first. */
  readonly calibrated: readonly Calibrated[];
  /** What is in force, of this version of the model: another version starts from nothing. Null where nothing is. */
  readonly current: OwnCalibration | null;
}

/** Reads it from the log. What was chosen and learned before the seller had its data erased counts no more. */
export async function readOwn(
  { store }: Pick<DetectionDeps, 'store'>,
  tenantId: string,
): Promise<OwnKnown> {
  const [chosen, connection, said] = await Promise.all([
    store.readStream(tenantId, streams.settings(tenantId)),
    store.readStream(tenantId, streams.connection(tenantId)),
    store.readStream(tenantId, streams.calibration(tenantId)),
  ]);
  const erased = erasedUpTo(connection);
  const calibrated = said.filter((event): event is Calibrated => event.type === TYPE);
  const last = calibrated
    .filter(({ position }) => position > erased)
    .findLast(({ data }) => data.modelVersion === claimModel.version);
  return {
    isOn: sellerSettings(chosen, { erasedUpTo: erased }).learnFromOutcomes,
    calibrated,
    current: last ? inForce({ ...last.data, since: last.occurredAt }) : null,
  };
}

function inForce({
  slope,
  shift,
  outcomes,
  logLoss,
  since,
}: OwnCalibration): OwnCalibration | null {
  return isNone({ slope, shift }) ? null : { slope, shift, outcomes, logLoss, since };
}

/** The claims of a seller that Amazon has decided, as far as they teach anything. */
export async function decidedClaims(
  { store, decidedClaims: decided }: Pick<DetectionDeps, 'store' | 'decidedClaims'>,
  tenantId: string,
): Promise<readonly DecidedClaim[]> {
  const claims: DecidedClaim[] = [];
  for (let page = await decided.after(tenantId, ''); page.length > 0;) {
    const states = await readClaims(store, tenantId, page);
    claims.push(...[...states.values()].flatMap((state) => decidedClaim(state, claimModel) ?? []));
    page = await decided.after(tenantId, page.at(-1) ?? '');
  }
  return claims;
}
