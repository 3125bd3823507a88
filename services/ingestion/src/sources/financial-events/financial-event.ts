import type { z } from 'zod';
import { UnexpectedAnswer } from '../../amazon/errors.js';
import {
  adjustmentEventSchema,
  otherEventSchema,
  shipmentEventSchema,
} from '../../amazon/financial-event-schemas.js';
import type { FinancialEvent } from '../../amazon/finances-v0.js';
import type { DraftTransaction } from '../numbered-transactions.js';
import { typeOf } from '../transaction-words.js';
import { adjustmentEvent } from './adjustment-event.js';
import { draftOfEvent, type EventDraft } from './event-draft.js';
import { otherEvent } from './other-event.js';
import { rawEvent } from './raw-event.js';
import { shipmentEvent } from './shipment-event.js';

const SHIPMENTS: ReadonlySet<string> = new Set([
  'Shipment',
  'ShipmentSettle',
  'Refund',
  'GuaranteeClaim',
  'Chargeback',
]);

/**
 * An event of any list as the facts keep it, with its own words. `day` is the day that was asked for. Throws
 * UnexpectedAnswer for one that has not the shape of its list.
 */
export function financialEventDraft(given: FinancialEvent, day: string): DraftTransaction {
  const type = typeOf(given.list.replace(/EventList$/, ''));
  return {
    data: draftOfEvent(read(type, given), day),
    raw: rawEvent(given.list, given.event),
  };
}

function read(type: string, given: FinancialEvent): EventDraft {
  if (SHIPMENTS.has(type)) return shipmentEvent(type, parsed(shipmentEventSchema, given));
  if (type === 'Adjustment') return adjustmentEvent(parsed(adjustmentEventSchema, given));
  return otherEvent(type, parsed(otherEventSchema, given));
}

function parsed<T>(schema: z.ZodType<T>, { list, event }: FinancialEvent): T {
  const { data, error } = schema.safeParse(event);
  if (!error) return data;
  const [issue] = error.issues;
  throw new UnexpectedAnswer(`${list}: ${issue?.path.join('.')}: ${issue?.message}`);
}
