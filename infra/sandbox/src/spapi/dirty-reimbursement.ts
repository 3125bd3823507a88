import { between } from '../random.js';
import { decimal } from '../world/amount.js';
import type { NamedRow, RowDirt } from './dirt.js';

/** The words of finances for what the report calls otherwise. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  Lost_Warehouse: 'WAREHOUSE_LOST',
  Damaged_Warehouse: 'WAREHOUSE_DAMAGE',
  Reimbursement_Reversal: 'REVERSAL_REIMBURSEMENT',
};

/** A payment as it may be told: in another word, or in two rows of one reimbursement that add up to it. */
export function dirtyReimbursement(row: NamedRow, { random, share }: RowDirt): readonly NamedRow[] {
  const reason = row['reason'] ?? '';
  const told = random() < share ? { ...row, reason: OTHER_WORDS[reason] ?? reason } : row;
  const units = Number(row['quantity-reimbursed-cash']);
  if (units < 2 || random() >= share) return [told];
  const first = between(random, 1, units - 1);
  return [first, units - first].map((part) => ({
    ...told,
    'amount-total': decimal(Math.round(Number(row['amount-per-unit']) * 100) * part),
    'quantity-reimbursed-cash': String(part),
    'quantity-reimbursed-total': String(part),
  }));
}
