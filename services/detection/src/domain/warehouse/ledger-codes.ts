import type { LedgerFact } from '@recoup/contracts';

/**
 * Reason codes of ledger adjustments, as Seller Central's "Inventory Ledger" help lists them.
 *
 * `lost` units missing from their bin · `found` units that turned up · `transferred` units given to the seller, as
 * compensation or after a wrong assignment · `taken_back` units taken because they were wrongly received or paid for ·
 * `damaged` by Amazon, out of sellable stock · `damaged_otherwise` out of stock that was damaged by somebody else ·
 * `disposition` units that change their disposition · `redefined` units that change their product · `disposed` ·
 * `donated` · `software` corrections of the books.
 */
export type Movement =
  | 'lost'
  | 'found'
  | 'transferred'
  | 'taken_back'
  | 'damaged'
  | 'damaged_otherwise'
  | 'disposition'
  | 'redefined'
  | 'disposed'
  | 'donated'
  | 'software';

const movements: Readonly<Record<string, Movement>> = {
  M: 'lost',
  '5': 'lost',
  F: 'found',
  N: 'transferred',
  O: 'taken_back',
  E: 'damaged',
  '6': 'damaged_otherwise',
  '7': 'damaged_otherwise',
  H: 'damaged_otherwise',
  K: 'damaged_otherwise',
  U: 'damaged_otherwise',
  P: 'disposition',
  Q: 'disposition',
  '3': 'redefined',
  '4': 'redefined',
  D: 'disposed',
  G: 'donated',
  '1': 'software',
  '2': 'software',
  J: 'software',
};

const SELLABLE = 'SELLABLE';
const WAREHOUSE_DAMAGED = 'WAREHOUSE_DAMAGED';

/** What a row did; null for what is no adjustment (sales, receipts, transfers between centres) or has no known code. */
export function movementOf(row: LedgerFact): Movement | null {
  if (!row.eventType.trim().toLowerCase().startsWith('adjustment')) return null;
  return movements[row.reason.trim().toUpperCase()] ?? null;
}

/** Whether a row is one leg of stock on its way between two of Amazon's centres. */
export function isMove({ eventType }: LedgerFact): boolean {
  const word = eventType.toUpperCase().replaceAll(/[^A-Z]+/g, '');
  return word === 'WHSETRANSFERS' || word === 'WAREHOUSETRANSFERS';
}

export function isSellable(row: LedgerFact): boolean {
  const disposition = dispositionOf(row);
  return disposition === SELLABLE || disposition === '';
}

export function isWarehouseDamaged(row: LedgerFact): boolean {
  return dispositionOf(row) === WAREHOUSE_DAMAGED;
}

function dispositionOf(row: LedgerFact): string {
  return row.disposition
    .trim()
    .toUpperCase()
    .replaceAll(/[^A-Z]+/g, '_');
}
