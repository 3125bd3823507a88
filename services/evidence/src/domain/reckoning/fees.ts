import type { AllocationLine } from '@recoup/contracts';
import { currencyDigits, minorOf } from '@recoup/kernel';
import { differs, linesOf, minorIn, ofKind, unitsIn, type Look, type Told } from './look.js';
import { minorDifference } from './charges.js';
import { added } from './sale.js';
import { storageFeeOf } from './storage-fee.js';

/** Charges of days, each beside what was right, and one of each day's charges beside the transaction that it is of. */
export function feesAboveStated(look: Look): Told {
  const { allocation } = look.claim.assessment;
  const currency = allocation[0]?.amount?.currency ?? '';
  const [charged, expected] = [linesOf(look, 'charged'), linesOf(look, 'expected')];
  return {
    units: unitsIn(charged),
    total: minorDifference(minorIn(charged, currency), minorIn(expected, currency)),
    doubts: [
      ...differs('Charges that are compared', unitsIn(charged), unitsIn(expected)),
      ...charged.flatMap((line) => unlikeItsExample(line, { look, currency })),
    ],
  };
}

interface At {
  readonly look: Look;
  readonly currency: string;
}

/** The fulfilment fee of a unit is one for all charges of a line: their sum is a whole number of what the cited order shows. */
function unlikeItsExample(line: AllocationLine, { look, currency }: At): readonly string[] {
  const { claim, cited } = look;
  if (!line.amount) return [`The charges of ${line.day} state no amount`];
  const orders = ofKind(cited, 'transaction').filter(({ orderId }) => orderId === line.reference);
  if (orders.length === 0) return [`No transaction of the order ${line.reference} is cited`];
  if (claim.subtype !== 'fulfilment_fee_overcharge') return [];
  const minor = minorOf(line.amount.amount, currency) ?? 0n;
  const fits = orders.some(({ items }) =>
    items
      .filter(({ sku }) => sku === claim.subject.sku)
      .some((item) => {
        const fee = -(added([item])?.of('FBAPerUnitFulfillmentFee') ?? 0n);
        const units = BigInt(item.quantity ?? 0);
        const each = units > 0n ? fee / units : 0n;
        return each > 0n && minor % each === 0n && minor / each >= BigInt(line.quantity);
      }),
  );
  return fits
    ? []
    : [
        `The charges of ${line.day} are no multiple of what the order ${line.reference} was charged`,
      ];
}

/** Of each row of the storage report the fee, and what its own quantity, rate and sides make. */
export function storageAboveSides(look: Look): Told {
  const rows = ofKind(look.cited, 'storageFee');
  const currency = rows[0]?.currency ?? '';
  const [charged, expected] = [linesOf(look, 'charged'), linesOf(look, 'expected')];
  const reckoned = rows.map((row) => ({
    fee: row.currency === currency ? minorOf(row.fee, currency) : null,
    right: storageFeeOf(row, currencyDigits(currency)),
  }));
  const total = (of: (one: (typeof reckoned)[number]) => bigint | null): bigint | null =>
    reckoned.reduce<bigint | null>((all, one) => {
      const part = of(one);
      return all === null || part === null ? null : all + part;
    }, 0n);
  const [fees, right] = [total(({ fee }) => fee), total((one) => one.right)];
  return {
    units: rows.length,
    total: minorDifference(fees, right),
    doubts: [
      ...differs('Rows of the storage report', rows.length, unitsIn(charged)),
      ...differs('Rows of the storage report', rows.length, unitsIn(expected)),
      ...(fees === minorIn(charged, currency)
        ? []
        : ['The fees are not those of the storage report']),
      ...(right === minorIn(expected, currency)
        ? []
        : ['The right fees are not what quantity, rate and sides of the report make']),
    ],
  };
}
