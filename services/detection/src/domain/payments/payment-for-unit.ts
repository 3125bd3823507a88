import { reasonWord, type NetPayment } from './net-payments.js';

/**
 * Reasons by which a payment for an order is for whole units, lost, damaged or not brought back: they are paid at their
 * price less fees. An adjustment, or what customer service gave away, may be a part of one.
 */
const FOR_WHOLE_UNITS: ReadonlySet<string> = new Set([
  ...['LOSTOUTBOUND', 'DAMAGEDOUTBOUND', 'CUSTOMERRETURN', 'CRETURNWRONGITEM'],
  'FREEREPLACEMENTREFUNDITEMS',
]);

/** Whether a payment for an order is for whole units of it. */
export function paysForUnit({ payment }: NetPayment): boolean {
  return FOR_WHOLE_UNITS.has(reasonWord(payment));
}

/** Stock that could not be sold as new is worth less, and rightly paid at less. */
export function isNew({ payment: { data } }: NetPayment): boolean {
  return data.condition === null || /^(new|sellable)/i.test(data.condition.trim());
}
