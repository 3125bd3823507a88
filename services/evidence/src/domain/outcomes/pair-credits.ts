import { addDays, groupBy } from '@recoup/kernel';
import type { Credit } from './credit.js';
import { byApproval, dayOf, minorOf, takesBack, type PaymentRow } from './payment-row.js';

/** Rows and transactions that tell of the same money. */
export interface Pairing {
  /** Rows whose money was counted by a transaction before they were there: by the row's key, that transaction. */
  readonly toldBefore: ReadonlyMap<string, Credit>;
  /** What no row tells of, nor could. */
  readonly unreported: readonly Credit[];
}

export interface Witnesses {
  readonly rows: readonly PaymentRow[];
  readonly credits: readonly Credit[];
  /** Whether anything of a fact was counted for a claim. */
  readonly isCounted: (fact: string) => boolean;
}

/**
 * Money may be booked some days before the day of its row, and is not looked for much later than a quarter: as where claims
 * for payments that never came are found.
 */
const BEFORE_DAYS = 3;
const AFTER_DAYS = 90;

/**
 * Pairs the rows of the reimbursement report with the transactions that brought their money: by product, currency, exact sum
 * and day. All rows of a reimbursement may come in one sum, or one by one, or all of a day together (help page 200732720 of
 * Seller Central). No money is counted by both: a row that finds its transaction counted is told before, a transaction that
 * finds its row is reported. Where rows are left that could have come as a transaction in another form, it is not held to
 * be unreported.
 */
export function pairCredits({ rows, credits, isCounted }: Witnesses): Pairing {
  const open = new Set(credits.filter(({ of }) => of === 'stock'));
  let lines = rows.toSorted(byApproval).flatMap((row) => lineOf(row) ?? []);
  const toldBefore = new Map<string, Credit>();
  for (const sums of [ofReimbursements, ofRows, ofDays]) {
    const pairs = paired(sums(lines), [...open], isCounted);
    for (const { credit } of pairs) open.delete(credit);
    const told = pairs.filter(({ credit }) => isCounted(credit.key));
    for (const { row, credit } of told.flatMap(rowsOf)) toldBefore.set(row.key, credit);
    const gone = new Set(pairs.flatMap(({ sum }) => sum.lines));
    lines = lines.filter((line) => !gone.has(line));
  }
  const bySku = groupBy(lines, ({ row }) => row.data.sku);
  const hasRow = (one: Credit): boolean => mayBe(bySku.get(one.sku ?? '') ?? [], one);
  const unreported = credits.filter((one) => one.of === 'fee' || (open.has(one) && !hasRow(one)));
  return { toldBefore, unreported };
}

function rowsOf({ sum, credit }: Pair) {
  return sum.lines.map(({ row }) => ({ row, credit }));
}

/** The money of a row; below zero where it takes some back. */
interface Line {
  readonly row: PaymentRow;
  readonly day: string;
  readonly minor: bigint;
}

interface Sum {
  readonly lines: readonly Line[];
  readonly day: string;
  readonly minor: bigint;
}

/** Null for a row of units in kind, which moves no money, and for one of which it is not known how much. */
function lineOf(row: PaymentRow): Line | null {
  const minor = minorOf(row);
  if (minor === null || minor === 0n) return null;
  return { row, day: dayOf(row), minor: takesBack(row) ? -minor : minor };
}

function ofReimbursements(lines: readonly Line[]): readonly Sum[] {
  return sumsBy(lines, ({ row, minor }) => [row.data.reimbursementId, sign(minor)]);
}

function ofRows(lines: readonly Line[]): readonly Sum[] {
  return lines.map((line) => ({ lines: [line], day: line.day, minor: line.minor }));
}

function ofDays(lines: readonly Line[]): readonly Sum[] {
  return sumsBy(lines, ({ day, minor }) => [day, sign(minor)]);
}

function sumsBy(lines: readonly Line[], nameOf: (line: Line) => readonly string[]): readonly Sum[] {
  const groups = groupBy(lines, (line) => {
    const { sku, currency } = line.row.data;
    return JSON.stringify([...nameOf(line), sku, currency]);
  });
  return [...groups.values()].map((group) => ({
    lines: group,
    day: group[0]?.day ?? '',
    minor: group.reduce((sum, { minor }) => sum + minor, 0n),
  }));
}

interface Pair {
  readonly sum: Sum;
  readonly credit: Credit;
}

/**
 * What was counted by one witness is paired with the other's first: left over, the other would be counted beside it. Both in
 * the order of their days, so that the oldest find their partners.
 */
function paired(
  sums: readonly Sum[],
  credits: readonly Credit[],
  isCounted: Witnesses['isCounted'],
): readonly Pair[] {
  const isCountedSum = ({ lines }: Sum): boolean => lines.some(({ row }) => isCounted(row.key));
  const pairs: Pair[] = [];
  const taken = new Set<Credit | Sum>();
  const rounds = [
    { sums: sums.filter((sum) => !isCountedSum(sum)), counted: true },
    { sums: sums.filter(isCountedSum), counted: false },
    { sums: sums.filter((sum) => !isCountedSum(sum)), counted: false },
  ];
  for (const round of rounds) {
    const waiting = groupBy(
      credits.filter((one) => isCounted(one.key) === round.counted && !taken.has(one)),
      (one) => nameOf(one.sku, one.currency, one.minor),
    );
    for (const sum of round.sums.filter((one) => !taken.has(one))) {
      const { sku, currency } = sum.lines[0]?.row.data ?? {};
      const equals = waiting.get(nameOf(sku ?? null, currency, sum.minor)) ?? [];
      const credit = equals.find((one) => !taken.has(one) && isInTime(sum.day, one));
      if (!credit) continue;
      taken.add(credit).add(sum);
      pairs.push({ sum, credit });
    }
  }
  return pairs;
}

function nameOf(sku: string | null, currency: string | undefined, minor: bigint): string {
  return JSON.stringify([sku, currency, minor.toString()]);
}

function isInTime(day: string, credit: Credit): boolean {
  return credit.day >= addDays(day, -BEFORE_DAYS) && credit.day <= addDays(day, AFTER_DAYS);
}

/** Whether rows that are left could have come as this one: in another currency, or several of them in one sum. */
function mayBe(lines: readonly Line[], credit: Credit): boolean {
  const around = lines.filter(
    ({ day, minor }) => sign(minor) === sign(credit.minor) && isInTime(day, credit),
  );
  const own = around.filter(({ row }) => row.data.currency === credit.currency);
  return own.length < around.length || isSumOfSome(credit.minor, own);
}

/** So many sums are tried. Beyond them it is held to be possible. */
const MOST_SUMS = 10_000;

function isSumOfSome(minor: bigint, lines: readonly Line[]): boolean {
  const sums = new Set<bigint>([0n]);
  for (const line of lines) {
    for (const sum of [...sums]) sums.add(sum + line.minor);
    if (sums.has(minor) || sums.size > MOST_SUMS) return true;
  }
  return false;
}

function sign(minor: bigint): string {
  return minor < 0n ? '-' : '+';
}
