/** How much of everything there is for a number of orders. */
export interface WorldSize {
  readonly orders: number;
  readonly products: number;
  readonly claimCases: number;
  readonly lookAlikes: number;
  /** Products that something is, or seems, wrong with in what they are charged. */
  readonly feeCases: number;
  /** Orders that something goes, or seems to go, wrong with. */
  readonly orderCases: number;
}

const DEFAULT_ORDERS = 2_500;

/**
 * 2,500 orders make 120 products, 40 claimable cases and 150 look-alikes. Everything but the orders grows with the
 * square root of their number: a seller with four times the orders sells each product more often, too. The floors
 * leave room for every cause once in a world without any order.
 */
export function sizeOf(orders: number): WorldSize {
  const scale = Math.sqrt(orders / DEFAULT_ORDERS);
  return {
    orders,
    products: Math.max(60, Math.round(120 * scale)),
    claimCases: Math.max(12, Math.round(40 * scale)),
    lookAlikes: Math.max(40, Math.round(150 * scale)),
    feeCases: Math.max(10, Math.round(20 * scale)),
    orderCases: Math.max(30, Math.round(120 * scale)),
  };
}
