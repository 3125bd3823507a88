import type { ClaimState } from '../claim-state.js';
import { calculationTables } from './calculation-tables.js';
import { factTables } from './fact-tables.js';
import { cellText, dayText, decimalText, moneyText, packetLocale } from './packet-locale.js';
import type { PacketLocale } from './packet-locale.js';
import { isOfNumbers, type PacketFact, type PacketTable } from './packet-table.js';
import { filled } from './packet-words.js';

/** A table whose every cell is written. */
export interface WrittenTable {
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly isNumber: boolean }[];
  readonly rows: readonly (readonly string[])[];
}

export interface PacketSection {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** Names with their values. */
  readonly pairs: readonly (readonly [string, string])[];
  readonly tables: readonly WrittenTable[];
}

/** A case packet in the language of its marketplace: what a page, a file and a letter say alike. */
export interface PacketPage {
  readonly language: string;
  readonly title: string;
  readonly lead: readonly string[];
  readonly sections: readonly PacketSection[];
  /** What a file says whose font lacks characters of this page. */
  readonly codePointNote: string;
}

export interface PacketSource {
  readonly claim: ClaimState;
  /** The facts that it cites, as its detection saw them. */
  readonly facts: readonly PacketFact[];
  /** How many of those that it cites are not known. */
  readonly unstored: number;
  /** The reimbursements report: the day up to which it was read; null where it was not read whole. */
  readonly paymentsRead: string | null;
}

/** The packet of a claim. The same claim and facts make the same packet, whoever makes it and whenever. */
export function packetPage(source: PacketSource): PacketPage {
  const { claim } = source;
  const locale = packetLocale(claim.subject.marketplaceId);
  const { titles, labels } = locale.words;
  const caseId = claim.decision?.amazonCaseId ?? claim.submission?.amazonCaseId ?? null;
  const filed = caseId === null ? labels.notFiled : filled(labels.filed, { case: caseId });
  return {
    language: locale.tag,
    title: titles[claim.subtype],
    lead: [`${filled(labels.claim, { id: claim.claimId })}, ${filed}.`, requestOf(claim, locale)],
    sections: [...statement(source, locale), documents(claim, locale), ...payments(claim, locale)],
    codePointNote: labels.codePoints,
  };
}

/** What a case rests on, without what is about its filing: for whoever decides on it. */
export function statement(source: PacketSource, locale: PacketLocale): readonly PacketSection[] {
  return [
    whatIsClaimed(source.claim, locale),
    calculation(source, locale),
    records(source, locale),
    valueAndPolicy(source.claim, locale),
  ];
}

const EMPTY = { paragraphs: [], pairs: [], tables: [] } as const;

export function requestOf({ subject, assessment }: ClaimState, locale: PacketLocale): string {
  const { total } = assessment.value;
  return filled(locale.words.labels.request, {
    units: decimalText(String(assessment.quantity), locale),
    // Isolated (U+2068, U+2069): a name that turns the direction of writing must not turn the amount after it.
    product: `\u2068${subject.productName || subject.sku}\u2069`,
    amount: total === null ? locale.words.labels.unknown : moneyText(total, locale),
  });
}

function whatIsClaimed(claim: ClaimState, locale: PacketLocale): PacketSection {
  const { labels, columns } = locale.words;
  const { subject, lossDay, assessment } = claim;
  const pairs: readonly (readonly [string, string | null])[] = [
    [labels.product, subject.productName],
    ['SKU', subject.sku],
    ['ASIN', subject.asin],
    ['FNSKU', subject.fnsku],
    [columns.order, subject.orderId],
    [columns.shipment, subject.shipmentId],
    [columns.removalOrder, subject.removalOrderId],
    [columns.reimbursement, subject.reimbursementId],
    [columns.centre, subject.facility],
    [labels.unitsClaimed, decimalText(String(assessment.quantity), locale)],
    [labels.lossDay, dayText(lossDay, locale)],
  ];
  return { ...EMPTY, heading: labels.what, pairs: pairs.filter(isSaid) };
}

function isSaid(pair: readonly [string, string | null]): pair is readonly [string, string] {
  return pair[1] !== null && pair[1] !== '';
}

function calculation({ claim, facts }: PacketSource, locale: PacketLocale): PacketSection {
  const tables = calculationTables(claim, facts).map((table) => written(table, locale));
  const heading = locale.words.labels.calculation;
  return { ...EMPTY, heading, paragraphs: agreement(claim, locale), tables };
}

/** What its validation reckoned anew, for the quantity that is claimed now. */
function agreement({ validation }: ClaimState, locale: PacketLocale): readonly string[] {
  const reckoned = validation?.reckoned;
  const { labels } = locale.words;
  if (!reckoned || reckoned.units.recorded === null) return [];
  const { units, amount } = reckoned;
  const agrees = validation.documents.every(({ type, status }) => !isExtract(type, status));
  return [
    filled(agrees ? labels.agrees : labels.disagrees, {
      units: `${labels.unitsClaimed} ${decimalText(String(units.recorded), locale)}`,
      amount: amount.recorded ? moneyText(amount.recorded, locale) : labels.unknown,
    }),
  ];
}

/** Extracts are made of the records: one that is rejected disagrees with the claim. */
function isExtract(type: string, status: string): boolean {
  return (type === 'facts_extract' || type === 'ledger_extract') && status === 'Rejected';
}

function records(source: PacketSource, locale: PacketLocale): PacketSection {
  const { facts, unstored, paymentsRead } = source;
  const { labels } = locale.words;
  const paid = facts.some(({ kind }) => kind === 'reimbursement');
  const read = paymentsRead === null ? labels.notRead : labels.readThrough;
  const absence = paymentsRead === null || paid ? [] : [labels.noPayment];
  const gone = unstored > 0 ? [filled(labels.unstored, { count: String(unstored) })] : [];
  const day = paymentsRead === null ? '' : dayText(paymentsRead, locale);
  return {
    ...EMPTY,
    heading: labels.records,
    paragraphs: [...gone, filled(read, { day }), ...absence],
    tables: factTables(facts).map((table) => written(table, locale)),
  };
}

function valueAndPolicy(claim: ClaimState, locale: PacketLocale): PacketSection {
  const { labels } = locale.words;
  const { policy, assessment, opensOn, deadline } = claim;
  const { perUnit, total } = assessment.value;
  const day = (value: string) => dayText(value, locale);
  const from = day(policy.effectiveFrom);
  const inForce =
    policy.effectiveTo === null
      ? filled(labels.from, { from })
      : filled(labels.fromTo, { from, to: day(policy.effectiveTo) });
  return {
    ...EMPTY,
    heading: labels.value,
    pairs: [
      ...(perUnit ? [[labels.perUnit, moneyText(perUnit, locale)] as const] : []),
      [labels.inAll, total ? moneyText(total, locale) : labels.unknown],
      [labels.policy, policy.name],
      [labels.inForce, inForce],
      [labels.source, policy.source],
      [labels.window, filled(labels.fromTo, { from: day(opensOn), to: day(deadline) })],
    ],
  };
}

function documents({ validation }: ClaimState, locale: PacketLocale): PacketSection {
  const { labels, documents: names, statuses } = locale.words;
  const rows = (validation?.documents ?? []).map(({ type, status }) => [
    names[type] ?? type.replaceAll('_', ' '),
    statuses[status],
  ]);
  const columns = [labels.document, labels.status].map((label) => ({ label, isNumber: false }));
  const table = { caption: '', columns, rows };
  return rows.length === 0
    ? { ...EMPTY, heading: labels.evidence, paragraphs: [labels.none] }
    : { ...EMPTY, heading: labels.evidence, tables: [table] };
}

function payments(claim: ClaimState, locale: PacketLocale): readonly PacketSection[] {
  const { labels, columns } = locale.words;
  const paid = claim.payments.map(({ paidOn, reference, amount, unitsInKind }) => [
    ...[dayText(paidOn, locale), labels.paid, reference],
    ...[amount ? moneyText(amount, locale) : '–', unitsInKind > 0 ? String(unitsInKind) : ''],
  ]);
  const back = claim.reversals.map(({ reversedOn, reference, amount }) => [
    ...[dayText(reversedOn, locale), labels.takenBack, reference, moneyText(amount, locale), ''],
  ]);
  const heads = [columns.day, columns.what, columns.reference, columns.amount, labels.inKind];
  const table = {
    caption: '',
    columns: heads.map((label, index) => ({ label, isNumber: index > 2 })),
    rows: [...paid, ...back],
  };
  return table.rows.length === 0 ? [] : [{ ...EMPTY, heading: labels.payments, tables: [table] }];
}

function written({ name, columns, rows }: PacketTable, locale: PacketLocale): WrittenTable {
  return {
    caption: locale.words.tables[name],
    columns: columns.map((column) => ({
      label: locale.words.columns[column],
      isNumber: isOfNumbers(column),
    })),
    rows: rows.map((row) => row.map((cell) => cellText(cell, locale))),
  };
}
