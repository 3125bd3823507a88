import type { FiledCase } from '../doors/case-store.js';
import { DAY_MS } from '../world/calendar.js';
import type { LedgerRow } from '../world/ledger-row.js';
import type { LaterFacts } from '../world/later-facts.js';
import type { Product } from '../world/product.js';
import type { Reimbursement } from '../world/reimbursement.js';
import type { World } from '../world/world.js';
import { isOfFees, openBooks, type Books } from './case-truth.js';
import { packetOf } from './case-packet.js';
import { planCase, type CasePlan, type PlannedPayment } from './case-plan.js';
import { openDesk, type Packet } from './decide.js';
import type { Desk } from './desks.js';
import { foundRow } from './found-row.js';
import { REASONS } from './paid-reasons.js';
import { isNamedBy, planUnasked, type UnaskedPayment } from './unasked.js';

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
  /** What was paid so far for losses that no case was about. */
  readonly unasked: readonly UnaskedPayment[];
  /** What is paid up to an instant for losses that no case has named by then: what has not been answered before. */
  payUnasked(untilMs: number): readonly LaterFacts[];
  /** Works a case; null where it is about nothing that the seller has. */
  work(filed: FiledCase): WorkedCase | null;
}

/** The desk of one seller at work. Cases are worked in the order in which they were filed, each once. */
export function casework(world: World, desk: Desk): Casework {
  const booksAt = new Map<number, Books>();
  const products = new Map(world.products.map((product) => [product.fnsku, product]));
  const worked: WorkedCase[] = [];
  const unasked: UnaskedPayment[] = [];
  let planned = planUnasked(world, desk);
  return {
    worked,
    unasked,
    payUnasked(untilMs) {
      const due = planned.filter(({ ms }) => ms < untilMs);
      if (due.length === 0) return [];
      planned = planned.slice(due.length);
      unasked.push(...due);
      // What was read of a day does not know of them.
      booksAt.clear();
      return due.map(({ facts }) => facts);
    },
    work(filed) {
      const packet = packetOf(filed);
      planned = planned.filter((one) => !isNamedBy(one, packet));
      const product = products.get(packet.fnsku);
      if (!product) return null;
      const filedMs = Date.parse(filed.createdAt);
      // Cases of one day are read in the same books: to open them is to read a year of the ledger.
      const endMs = Math.ceil(filedMs / DAY_MS) * DAY_MS;
      const asOf = world.asOf(endMs);
      const books = booksAt.get(endMs) ?? openBooks(asOf);
      booksAt.set(endMs, books);
      const before = worked.filter((one) => isOfSameClaim(one.filed, filed)).length;
      const decision = openDesk(asOf, desk, books).decide({ ...packet, before });
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

/** A claim that was denied and is filed anew keeps its id; its key is another. */
function isOfSameClaim({ request: one }: FiledCase, { request: other }: FiledCase): boolean {
  return one['claimId'] === other['claimId'];
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
  const { fnsku } = packet;
  return {
    reimbursements: rows,
    rows: plan.payments.flatMap((payment, n) => foundRows(settlement, payment, n)),
    settled: last ? packet.names.map((referenceId) => ({ referenceId, ms: last.ms })) : [],
    reconciled: isOfFees(packet.subtype)
      ? []
      : paid.flatMap(({ ms, cash, inventory }) =>
          packet.names.map((referenceId) => ({ referenceId, fnsku, ms, units: cash + inventory })),
        ),
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

/** Units that are found, where a payment is taken back for it. */
function foundRows(
  { filed, product, world }: Settlement,
  { back, units }: PlannedPayment,
  n: number,
): LedgerRow[] {
  if (!back?.found) return [];
  return [foundRow({ world, product, units, backMs: back.ms, id: `${filed.caseId}7${n}` })];
}
