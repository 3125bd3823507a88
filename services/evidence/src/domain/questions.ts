import type { Prompt } from '@recoup/contracts';
import { whatHappened, type ClaimState } from '@recoup/domain';

/** The one thing that is asked where only the value is missing. */
export function askUnitCost({ subject }: ClaimState): Prompt {
  const { productName, sku } = subject;
  return {
    kind: 'unit_cost',
    question:
      `What does one unit of ${productName} (SKU ${sku}) cost you from your supplier, ` +
      'without shipping, duties and packaging?',
  };
}

/** The one thing that is asked where the loss itself is likely and not sure. */
export function askWhetherSettled({ subject, subtype, assessment, lossDay }: ClaimState): Prompt {
  const { productName, sku } = subject;
  const units = assessment.quantity === 1 ? '1 unit' : `${assessment.quantity} units`;
  const where = subject.facility === null ? '' : ` (${subject.facility})`;
  return {
    kind: 'confirm_not_found',
    question:
      `Amazon's reports show ${units} of ${productName} (SKU ${sku}) ${whatHappened(subtype)}${where}, ${lossDay}. ` +
      'To your knowledge, is that still open: neither returned to you, nor replaced, nor paid for?',
  };
}
