/** Subjects of the wire outside of the stream. Nothing is stored there: who is away misses it. */

/** Told by a gateway to the others: a session ended before its time. */
export const SESSION_ENDED_SUBJECT = 'gateway.session-ended';

/** Told by an ingestion to the others: access tokens of a seller are to be forgotten. */
export const FORGET_SELLER_SUBJECT = 'ingestion.forget-seller';

/** Where a service answers whether it is there. */
export function healthSubject(service: string): string {
  return `health.${service}`;
}
