import type { Handle } from '@recoup/service-kit';
import { askWork } from '../adapters/due-work.js';
import {
  awaitAnswer,
  followClaim,
  stopWaiting,
  thinkOfDeadline,
} from '../adapters/followed-claims.js';
import { noteReportsRead } from '../adapters/reports-read.js';

/** Notes what an event changes of what is followed, in the transaction of the consumer's checkpoint. */
export const hearOutcome: Handle = async (event, tx) => {
  const { tenantId } = event;
  switch (event.type) {
    case 'claim.detected':
      return followClaim(tx, tenantId, event.data);
    case 'claim.rescored':
    case 'claim.quantity_changed': {
      const { claimId, window } = event.data;
      return window ? followClaim(tx, tenantId, { claimId, deadline: window.deadline }) : undefined;
    }
    case 'claim.manual_review_queued':
      return thinkOfDeadline(tx, tenantId, event.data.claimId);
    case 'claim.submitted':
      return awaitAnswer(tx, tenantId, event.data);
    case 'claim.approved':
    case 'claim.partially_approved':
    case 'claim.denied':
    case 'claim.paid':
      return stopWaiting(tx, tenantId, event.data.claimId);
    case 'sync.completed':
      await noteReportsRead(tx, tenantId, event.data.coverage.reimbursements);
      return askWork(tx, { kind: 'matching', id: tenantId }, event);
    // What a detection took back may have been paid.
    case 'claim.detection_completed':
      return askWork(tx, { kind: 'matching', id: tenantId }, event);
    default:
      return undefined;
  }
};
