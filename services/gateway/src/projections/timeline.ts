import type { RecordedEvent } from '@recoup/contracts';
import { whatHappened } from '@recoup/domain';
import { answerText } from './answer-text.js';
import { outcomeText } from './timeline-outcome.js';
import { told } from './told.js';
import { daysText } from './window-text.js';

/** One line of a claim's history, in the words of the case page. */
export interface TimelineEntry {
  readonly timestamp: string;
  readonly title: string;
  readonly description: string;
  readonly type: 'detection' | 'analysis' | 'generation' | 'submission' | 'update' | 'completion';
}

export type TimelineText = Omit<TimelineEntry, 'timestamp'>;

/** What an event means to the seller; null for steps that are of no interest to one. */
export function timelineEntry(event: RecordedEvent): TimelineEntry | null {
  const text = assessmentText(event) ?? filingText(event) ?? outcomeText(event);
  return text && { timestamp: event.occurredAt, ...text };
}

function assessmentText(event: RecordedEvent): TimelineText | null {
  switch (event.type) {
    case 'claim.detected':
      return {
        title: 'Claim detected',
        description: `${event.data.quantity} unit(s) of ${event.data.subject.sku}, ${whatHappened(event.data.subtype)}, ${event.data.lossDay}.`,
        type: 'detection',
      };
    case 'claim.quantity_changed':
      return {
        title: 'Quantity changed',
        description: [
          `Now ${event.data.quantity} unit(s), before ${event.data.previousQuantity}: ${event.data.reason}.`,
          ...(event.data.window ? [daysText(event.data.window)] : []),
        ].join(' '),
        type: 'update',
      };
    case 'claim.rescored': {
      const { window } = event.data;
      return window
        ? { title: 'Window changed', description: daysText(window), type: 'update' }
        : null;
    }
    case 'claim.validated':
      return {
        title: 'Evidence checked',
        description: `Documents: ${event.data.requiredDocuments}. Amazon's rules: ${event.data.amazonCompliance}.`,
        type: 'analysis',
      };
    case 'claim.document_uploaded':
      return {
        title: 'Document given',
        description: `${event.data.name}.`,
        type: 'update',
      };
    case 'claim.review_prompted':
      return {
        title: 'Your answer is needed',
        description: told(event),
        type: 'update',
      };
    case 'claim.answered':
      return { title: 'You answered', description: answerText(event.data.answer), type: 'update' };
    case 'claim.manual_review_queued':
      return {
        title: 'Waiting for review',
        description: told(event),
        type: 'update',
      };
    default:
      return null;
  }
}

function filingText(event: RecordedEvent): TimelineText | null {
  switch (event.type) {
    case 'claim.submission_authorized':
      return {
        title: 'You said to file it',
        description: `${event.data.quantity} unit(s).`,
        type: 'update',
      };
    case 'claim.resubmission_authorized':
      return {
        title: 'You said to file it anew',
        description: `${event.data.quantity} unit(s), with ${event.data.documents.length} new document(s).`,
        type: 'update',
      };
    case 'claim.dismissed':
      return { title: 'Dismissed', description: told(event), type: 'completion' };
    case 'claim.submission_requested':
      return {
        title: 'Filing requested',
        description: `${event.data.quantity} unit(s).`,
        type: 'generation',
      };
    case 'claim.queued_for_filing':
      return {
        title: 'Queued for filing',
        description: 'A person will file this claim.',
        type: 'generation',
      };
    case 'claim.filing_approved':
      return { title: 'Value approved', description: told(event), type: 'update' };
    case 'claim.handed_over':
      return {
        title: 'Handed over',
        description: 'Your case desk has it. The number of its case is not known yet.',
        type: 'submission',
      };
    case 'claim.submission_unconfirmed':
      return {
        title: 'Filing not confirmed yet',
        description: 'The outcome is being looked up.',
        type: 'submission',
      };
    case 'claim.submitted':
      return {
        title: 'Filed with Amazon',
        description: `Case ${event.data.amazonCaseId}.`,
        type: 'submission',
      };
    case 'claim.withdrawn':
      return { title: 'Withdrawn', description: told(event), type: 'completion' };
    case 'claim.expired':
      return {
        title: 'Expired',
        description: told(event),
        type: 'completion',
      };
    default:
      return null;
  }
}
