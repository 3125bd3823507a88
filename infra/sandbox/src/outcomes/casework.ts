import type { FiledCase } from '../doors/case-store.js';
import { DAY_MS } from '../world/calendar.js';
import type { LedgerRow } from '../world/ledger-row.js';
import type { LaterFacts } from '../world/later-facts.js';
import type { Product } from '../world/product.js';
import type { Reimbursement, ReimbursementReason } from '../world/reimbursement.js';
import type { World } from '../world/world.js';
import { isOfFees, openBooks, type Books } from './case-truth.js';
import { packetOf } from './case-packet.js';
import { planCase, type CasePlan, type PlannedPayment } from './case-plan.js';
import { openDesk, type Packet } from './decide.js';
import type { Desk } from './desks.js';

/** A case with all that will follow from it. */
export interface WorkedCase {
  readonly filed: FiledCase;
  readonly plan: CasePlan;
  readonly currency: string;
  readonly unitCents: number;
  readonly facts: LaterFacts;
}

export interface Casework {
  readonly worked: readonly WorkedCase[];
  /** Works a case; null where it is about nothing that the seller has. */
  work(filed: FiledCase): WorkedCase | null;
}

/** The desk of one seller at work. Cases are worked in the order in which they were filed, each once. */
export function casework(world: World, desk: Desk): Casework {
  const booksAt = new Map<number, Books>();
  const products = new Map(world.products.map((product) => [product.fnsku, product]));
  const worked: WorkedCase[] = [];
  return {
    worked,
    work(filed) {
      const packet = packetOf(filed);
      const product = products.get(packet.fnsku);
      if (!product) return null;
      const filedMs = Date.parse(filed.createdAt);
      // Cases of one day are read in the same books: to open them is to read a year of the ledger.
      const endMs = Math.ceil(filedMs / DAY_MS) * DAY_MS;
      const asOf = world.asOf(endMs);
      const books = booksAt.get(endMs) ?? openBooks(asOf);
      booksAt.set(endMs, books);
      const decision = openDesk(asOf, desk, books).decide(packet);
      const ofUnits = !isOfFees(packet.subtype);
      const sellerId = world.seller.id;
      const key = filed.idempotencyKey;
      const plan = planCase({ desk, sellerId, key, filedMs, decision, ofUnits });
      const told = books.centsOf(packet);
      const unitCents = told ?? product.costCents;
      const facts = factsOf({ filed, packet, plan, product, unitCents, world });
      const one = { filed, plan, currency: product.marketplace.currency, unitCents, facts };
      worked.push(one);
      return one;
    },
  };
}

interface Settlement {
  readonly filed: FiledCase;
  readonly packet: Packet;
  readonly plan: CasePlan;
  readonly product: Product;
  readonly unitCents: number;
  readonly world: World;
}

function factsOf(settlement: Settlement): LaterFacts {
  const { plan, packet } = settlement;
  const rows = [...paidRows(settlement), ...unaskedRows(settlement)];
  const paid = rows.filter(({ originalId }) => originalId === null);
  const last = paid.at(-1);
  return {
    reimbursements: rows,
    rows: plan.payments.flatMap((payment, n) => foundRow(settlement, payment, n)),
    settled: last ? packet.names.map((referenceId) => ({ referenceId, ms: last.ms })) : [],
  };
}

function paidRows(settlement: Settlement): Reimbursement[] {
  const { filed, plan } = settlement;
  return plan.payments.flatMap((payment, n) => {
    const row = rowOf(settlement, payment, `${filed.caseId}${n + 1}`);
    const { back } = payment;
    if (!back) return [row];
    const reversal: Reimbursement = {
      ...row,
      ...{ ms: back.ms, id: `${filed.caseId}${n + 1}9`, caseId: null },
      ...{ reason: 'Reimbursement_Reversal', cash: -row.cash, inventory: 0 },
      ...{ originalId: row.id, originalType: row.reason },
    };
    return [row, reversal];
  });
}

/** What is put right unasked while a case about it is under way names no case. */
function unaskedRows(settlement: Settlement): Reimbursement[] {
  const { filed, plan, packet } = settlement;
  if (plan.decision.approved || plan.decision.why !== 'settled_unasked') return [];
  const ms = Date.parse(filed.createdAt) + DAY_MS;
  const payment = { ms, units: packet.units, inKind: false, creditedAfter: 1, back: null };
  return [{ ...rowOf(settlement, payment, `${filed.caseId}0`), caseId: null }];
}

function rowOf(
  { filed, packet, product, unitCents, world }: Settlement,
  { ms, units, inKind, creditedAfter }: PlannedPayment,
  id: string,
): Reimbursement {
  const orderId = packet.names.find((name) => world.book.find(name) !== undefined) ?? null;
  // Of fees it is one sum, whatever the number of charges.
  const count = isOfFees(packet.subtype) ? 1 : units;
  return {
    ...{ ms, id, product, creditedAfter, orderId },
    caseId: filed.caseId,
    reason: REASONS[packet.subtype] ?? 'GeneralAdjustment',
    perUnitCents: unitCents,
    cash: inKind ? 0 : count,
    inventory: inKind ? count : 0,
    originalId: null,
    originalType: null,
  };
}

/** Under which reason a kind of case is paid. */
const REASONS: Readonly<Record<string, ReimbursementReason>> = {
  lost_warehouse: 'Lost_Warehouse',
  fc_transfer_loss: 'Lost_Warehouse',
  product_redefinition_loss: 'Lost_Warehouse',
  damaged_warehouse: 'Damaged_Warehouse',
  inbound_shortage: 'Lost_Inbound',
  removal_lost: 'Removal_Order_Lost',
  lost_outbound: 'Lost_Outbound',
  refund_not_returned: 'CustomerReturn',
  replacement_not_returned: 'CustomerReturn',
  return_damaged_by_amazon: 'CustomerReturn',
  return_lost_in_fc: 'CustomerReturn',
};

/** Units that are found come back to the shelf on the day before the payment for them is taken back. */
function foundRow(
  { filed, product, world }: Settlement,
  { back, units }: PlannedPayment,
  n: number,
): LedgerRow[] {
  if (!back?.found) return [];
  const ms = back.ms - DAY_MS;
  return [
    {
      ...{ day: world.calendar.dayOf(ms), ms, product, quantity: units },
      ...{ eventType: 'Adjustments', reason: 'F', disposition: 'SELLABLE' },
      referenceId: `${filed.caseId}7${n}`,
      center: product.centers[0] ?? 'PHX7',
      ...{ reconciled: 0, unreconciled: 0 },
    },
  ];
}
