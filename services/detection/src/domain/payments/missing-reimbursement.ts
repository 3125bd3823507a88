import { dayInNetwork } from '@recoup/domain';
import { addDays } from '@recoup/kernel';
import type { Context } from '../context.js';
import { NOTHING, together, type Detected, type ProductDetector } from '../detector.js';
import { compareText, distinct, type Payment } from '../facts.js';
import { judge } from '../judge.js';
import type { ProductKey } from '../product-key.js';
import { creditsOf } from './credits.js';
import { matchCredits, type Due, type DueSum } from './match-credits.js';
import { isReversal } from './net-payments.js';
import { amountOf, moneyLine, storePaidIn, subjectOf, valueOf } from './payment-claim.js';

/**
 * Payments in cash that Amazon's report names and no transaction brought. A payment is left out when it was taken back,
 * when it is older than the transactions that were read, and when any money came for the product that could be it.
 */
export const missingReimbursement: ProductDetector = {
  subtype: 'missing_reimbursement',
  of: 'product',
  needs: ['reimbursements', 'transactions'],
  detect: (key, context) => together(unpaid(key, context).map((sum) => claimOf(sum, key, context))),
};

function unpaid({ facts, network }: ProductKey, { coverage }: Context): readonly DueSum[] {
  const payments = distinct(facts.reimbursements);
  const takenBack = new Set(
    payments.filter(isReversal).map(({ data }) => data.originalReimbursementId),
  );
  const readFrom = coverage.transactions?.from ?? '';
  const due = payments
    .filter((payment) => !isReversal(payment) && !takenBack.has(payment.data.reimbursementId))
    .flatMap((payment) => dueOf(payment, dayInNetwork(network, payment.data.approvedAt)))
    .sort((a, b) => compareText(a.day, b.day) || compareText(a.payment.key, b.payment.key));
  return matchCredits(due, creditsOf(facts.transactions)).filter(
    ({ day }) => readFrom === '' || day > addDays(readFrom, COVERED_DAYS),
  );
}

/** A payment of the first days that were read may have been booked before them. */
const COVERED_DAYS = 3;

function dueOf(payment: Payment, day: string): readonly Due[] {
  const minor = amountOf(payment);
  return payment.data.quantityCash > 0 && minor !== null && minor > 0n
    ? [{ payment, day, minor }]
    : [];
}

function claimOf(
  { parts, day, minor }: DueSum,
  { network }: ProductKey,
  context: Context,
): Detected {
  const { payment } = parts[0];
  const { currency, reimbursementId, sku } = payment.data;
  const marketplace = storePaidIn(network, currency);
  if (!marketplace) return { ...NOTHING, withoutPolicy: 1 };
  const units = parts.reduce((sum, part) => sum + part.payment.data.quantityCash, 0);
  const draft = {
    marketplace,
    // All rows of a reimbursement are one claim, however many of them a report has shown by now.
    anchor: [reimbursementId, sku],
    subject: subjectOf(payment),
    startDay: day,
    statedByAmazon: true,
    quantity: units,
    value: valueOf('amount_stated', minor, { units, currency }),
    features: { stated_by_amazon: 1, exact_match: 1 },
    allocation: [moneyLine('expected', payment, { day, units, minor })],
    sources: parts.map((part) => ({ kind: 'reimbursement', key: part.payment.key })),
  };
  return judge(draft, missingReimbursement, context);
}
