import type { RetentionRule } from '@recoup/service-kit';
import type { DetectionSettings } from './config.js';

/** The latest of a sync stays, however old: it says which facts a detection that is asked for by hand looks at. */
const ENDED_DETECTIONS = `delete from detection.job where detection_id in (
    select j.detection_id from detection.job j
    where j.state <> 'waiting' and j.created_at < now() - make_interval(days => $2)
      and (j.trigger <> 'sync' or exists (select from detection.job later
        where later.tenant_id = j.tenant_id and later.seq > j.seq and later.trigger = 'sync'))
    order by j.created_at limit $1 for update skip locked)`;

/** What detection keeps for a time. What a detection found is in the log. */
export function retentionRules({
  DETECTION_KEEP_DAYS: days,
}: Pick<DetectionSettings, 'DETECTION_KEEP_DAYS'>): readonly RetentionRule[] {
  return [{ table: 'detection.job', text: ENDED_DETECTIONS, values: () => [days] }];
}
