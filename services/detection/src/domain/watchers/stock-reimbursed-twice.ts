import { addDays } from '@recoup/kernel';
import type { Context } from '../context.js';
import { distinct } from '../facts.js';
import { note, unitsText } from '../note.js';
import { netPayments, type NetPayment } from '../payments/net-payments.js';
import { moneyLine, amountOf, storePaidIn, subjectOf } from '../payments/payment-claim.js';
import { sparePayments, type SparePayment } from '../payments/spare-payments.js';
import type { ProductKey } from '../product-key.js';
import type { ProductWatcher } from '../watcher.js';

/**
 * A payment that no loss needs must have a ledger behind it that would show one: Amazon looks for units for 60 days, and
 * sellers claim for 60 more (policies of 2024).
 */
const LEDGER_BEFORE_DAYS = 120;

/**
 * Two payments alike for units of which the ledger shows only one loss: Amazon may take one back. A payment that merely has no
 * loss is none of it: its loss may be older than what was read.
 */
export const stockReimbursedTwice: ProductWatcher = {
  kind: 'reimbursed_twice',
  of: 'product',
  needs: ['ledger', 'reimbursements'],
  cleared: 'Amazon took a payment back, a loss explains it by now, or a year has passed.',
  watch: (key, context) =>
    (['lost', 'damaged'] as const).flatMap((family) =>
      sparePayments(key, family)
        .filter(({ net }) => ledgerReaches(net.day, context))
        .flatMap((spare) => {
          const twin = twinOf(spare, key);
          return twin ? sight({ spare, twin }, key, context) : [];
        }),
    ),
};

function ledgerReaches(day: string, { coverage }: Context): boolean {
  const from = coverage.ledger?.from ?? null;
  return from !== null && addDays(from, LEDGER_BEFORE_DAYS) <= day;
}

/** The payment that made good what the spare one pays for once more: of the same case, or of as many units at the same price. */
function twinOf({ net, units }: SparePayment, { facts, network, allocation }: ProductKey) {
  if (units < net.units) return undefined; // some of its units were lost: it was for more than one loss
  return netPayments(distinct(facts.reimbursements), network).find(
    (other) =>
      other.family === net.family &&
      other.payment.data.reimbursementId !== net.payment.data.reimbursementId &&
      other.units > 0 &&
      !allocation.unusedPayments.has(other.payment.key) &&
      isAlike(other, net),
  );
}

function isAlike({ payment: a, units }: NetPayment, other: NetPayment): boolean {
  const b = other.payment;
  if (a.data.fnsku !== b.data.fnsku) return false;
  const sameCase =
    a.data.caseId !== null && a.data.caseId !== '' && a.data.caseId === b.data.caseId;
  const samePrice =
    a.data.amountPerUnit === b.data.amountPerUnit && a.data.currency === b.data.currency;
  return sameCase || (units === other.units && samePrice);
}

function sight(
  { spare, twin }: { readonly spare: SparePayment; readonly twin: NetPayment },
  { network }: ProductKey,
  context: Context,
) {
  const { payment, day } = spare.net;
  const marketplace = storePaidIn(network, payment.data.currency);
  if (!marketplace) return [];
  const { reimbursementId, currency } = payment.data;
  const lines = [twin, spare.net].flatMap((net) => {
    const minor = amountOf(net.payment);
    if (minor === null) return [];
    return [moneyLine('reimbursed', net.payment, { day: net.day, units: net.units, minor })];
  });
  return note(
    {
      ...{ kind: 'reimbursed_twice', marketplace, anchor: [reimbursementId, payment.data.fnsku] },
      ...{ subject: subjectOf(payment), since: day, quantity: spare.units, lines },
      reason:
        `Amazon paid for ${unitsText(spare.units)} on ${day} (reimbursement ${reimbursementId}) and for as many on ${twin.day} ` +
        `(${twin.payment.data.reimbursementId}); the ledger shows them lost or damaged once.`,
      nextStep: `Do not spend it yet: Amazon may take one of the two payments back (in ${currency}).`,
      sources: [twin, spare.net].map((net) => ({ kind: 'reimbursement', key: net.payment.key })),
    },
    context,
  );
}
