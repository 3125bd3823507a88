import type { Clock } from '@recoup/kernel';
import type { RetentionRule } from '@recoup/service-kit';
import type { Settings } from './settings.js';

const KEPT_ANSWERS = `delete from gateway.kept_answer where id in (
    select id from gateway.kept_answer where claimed_at < now() - make_interval(hours => $2)
    limit $1 for update skip locked)`;

const ENDED_SESSIONS = `delete from gateway.ended_session where session_id in (
    select session_id from gateway.ended_session where expires_at < $2 limit $1)`;

const OAUTH_STATES = `delete from gateway.oauth_state where state_hash in (
    select state_hash from gateway.oauth_state where expires_at < $2 limit $1)`;

/** What the gateway keeps for a time. Sign-outs and consents under way say by themselves when they have run out. */
export function retentionRules(
  { IDEMPOTENCY_KEEP_HOURS: hours }: Pick<Settings, 'IDEMPOTENCY_KEEP_HOURS'>,
  clock: Clock,
): readonly RetentionRule[] {
  const now = (): readonly unknown[] => [clock.now()];
  return [
    { table: 'gateway.kept_answer', text: KEPT_ANSWERS, values: () => [hours] },
    { table: 'gateway.ended_session', text: ENDED_SESSIONS, values: now },
    { table: 'gateway.oauth_state', text: OAUTH_STATES, values: now },
  ];
}
