import type { MeasuredSize, PromptAnswer, Settled } from '@recoup/contracts';
import { moneyText } from './money-text.js';

const SETTLED: Readonly<Record<Settled, string>> = {
  found: 'The units were found or came back.',
  replaced: 'The units were replaced.',
  paid: 'The units were paid for.',
};

/** What the seller answered, as a sentence of the claim's history. */
export function answerText(answer: PromptAnswer): string {
  switch (answer.kind) {
    case 'confirm_not_found':
      return answer.settled === null ? 'It is still open.' : SETTLED[answer.settled];
    case 'partnered_carrier':
      return answer.partnered
        ? 'A carrier partnered with Amazon brought the shipment.'
        : 'No carrier partnered with Amazon brought the shipment.';
    case 'unit_cost':
      return `One unit costs ${moneyText(answer.unitCost)}.`;
    case 'tracking_number':
      return answer.trackingNumber === null
        ? 'There is no tracking number.'
        : `Tracking number ${answer.trackingNumber}.`;
    case 'measured_size':
      return answer.size === null
        ? 'The packed unit has not been measured.'
        : `The packed unit measures ${sizeText(answer.size)}.`;
    case 'document':
      return `There is no ${answer.documentType.replaceAll('_', ' ')}.`;
  }
}

/** `24.5 × 12 × 8.2 cm, 410 g`. */
export function sizeText(size: MeasuredSize): string {
  const { longest, median, shortest, lengthUnit, weight, weightUnit } = size;
  return `${longest} × ${median} × ${shortest} ${lengthUnit}, ${weight} ${weightUnit}`;
}
