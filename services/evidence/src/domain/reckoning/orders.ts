import type { AllocationLine } from '@recoup/contracts';
import { differs, linesOf, minorIn, ofKind, sum, unitsIn, type Look, type Told } from './look.js';
import { afterFirst, setOffBy } from './set-off-lines.js';
import { added, amountsOf, itemsOf, saleOf, soldFor, transactionsOf, type Sale } from './sale.js';

/** Units given back to the buyer or sent once more, less what came back and what was paid. */
export function givenAndNotBack(look: Look): Told {
  const [first] = look.claim.assessment.allocation;
  if (!first) return { units: null, doubts: [] };
  const sale = saleOf(look);
  const given = givenUnits(look, first, sale);
  const off = setOffBy(look, afterFirst(look));
  return {
    units: given === null ? null : given - off.units,
    perUnit: soldFor(sale),
    doubts: [
      ...differs(`Units ${first.kind}`, given, first.quantity),
      ...off.doubts,
      ...beyondOrder(look, sale?.units ?? 0),
    ],
  };
}

/** A unit that is refunded and replaced is one: no more are given than were shipped. */
function givenUnits(look: Look, first: AllocationLine, sale: Sale | null): number | null {
  const units = first.kind === 'refunded' ? refundedUnits(look, sale) : replacedUnits(look);
  return units === null ? null : Math.min(units, sale?.units ?? 0, first.quantity);
}

/** Returns that are a loss themselves, less what was paid of them. */
export function lostAsReturn(look: Look): Told {
  const back = linesOf(look, 'returned');
  const off = setOffBy(look, linesOf(look, 'reimbursed'));
  return {
    units: unitsIn(back) - off.units,
    perUnit: soldFor(saleOf(look)),
    doubts: [...setOffBy(look, back).doubts, ...off.doubts],
  };
}

/** Whole units by their price: what is no multiple of it is a part of the price, which the buyer keeps. */
function refundedUnits({ cited, claim }: Look, sale: Sale | null): number | null {
  if (!sale || sale.units <= 0) return null;
  const price = sale.of('Principal');
  const refunds = ofKind(cited, 'transaction').filter(
    ({ type, held }) => type === 'Refund' && !held,
  );
  const of = (items: Parameters<typeof added>[0]): number => {
    const given = -(added(items)?.of('Principal') ?? 0n);
    const shipped = BigInt(sale.units);
    const units = price > 0n && given > 0n ? Number(((given + shipped) * shipped) / price) : 0;
    return Math.min(units, sum(items.map(({ quantity }) => quantity ?? units)));
  };
  return refunds.length === 0
    ? null
    : sum(refunds.map((refund) => of(itemsOf([refund], claim.subject.sku))));
}

function replacedUnits({ cited }: Look): number | null {
  const sent = ofKind(cited, 'replacement');
  return sent.length === 0 ? null : sum(sent.map(({ quantity }) => quantity));
}

/** Everything that came back for the order, whether the claim names it or not, leaves as many units as are claimed. */
function beyondOrder({ claim, ofOrder }: Look, shipped: number): readonly string[] {
  const { sku } = claim.subject;
  const back = ofKind(ofOrder, 'customerReturn').filter((row) => isOf(row.sku, sku));
  const returned = sum(back.map(({ quantity }) => quantity));
  const { quantity } = claim.assessment;
  if (quantity <= shipped - returned) return [];
  return [
    `Of ${shipped} units shipped in the order ${returned} came back, ${quantity} are claimed as not returned`,
  ];
}

/** What Amazon grades and sells on as used it calls by the SKU that it was sold under, and more. */
function isOf(sku: string, sold: string): boolean {
  return sku === sold || sku.startsWith(`amzn.gr.${sold}`);
}

const OF_THE_BUYER =
  /^(Principal|ShippingCharge|GiftWrap|Promotion|RestockingFee|Tax|ShippingTax|GiftWrapTax|MarketplaceFacilitatorTax.*)$/;

/** What the buyer was given back less what the buyer had paid, as the transactions of the order have both. */
export function refundedTooMuch(look: Look): Told {
  const sale = amountsOf(look, 'Shipment');
  const back = amountsOf(look, 'Refund');
  const [given, paid] = [linesOf(look, 'refunded'), linesOf(look, 'paid')];
  if (!sale || !back || transactionsOf(look, 'Refund').length === 0) {
    return { units: null, total: null, doubts: [] };
  }
  const { currency } = sale;
  const refunded = -back.of(OF_THE_BUYER);
  const bought = sale.of(OF_THE_BUYER);
  return {
    units: 1,
    total: refunded - bought,
    doubts: [
      ...(minorIn(given, currency) === refunded ? [] : [otherSum('refunded')]),
      ...(minorIn(paid, currency) === bought ? [] : [otherSum('paid by the buyer')]),
      ...differs('Calculations of the order', 1, unitsIn(given)),
      ...differs('Calculations of the order', 1, unitsIn(paid)),
    ],
  };
}

function otherSum(what: string): string {
  return `The sum ${what} is not that of the transactions of the order`;
}
