import { openCatalogue } from './domain/catalogue.js';
import { allComplete, type Context } from './domain/context.js';
import { examineKey, examineProduct, type Examined, type Rules } from './domain/examine.js';
import type { OrderFacts, ProductFacts } from './domain/facts.js';
import { openChargeBook } from './domain/fees/charge-book.js';
import { openLostReturns } from './domain/orders/lost-returns.js';

/** Everything that is known of a seller, one key after the other. */
export interface SellerFacts {
  readonly products: AsyncIterable<ProductFacts> | Iterable<ProductFacts>;
  readonly orders: AsyncIterable<OrderFacts> | Iterable<OrderFacts>;
}

/** What every detector knows, but for what is learned of the products on the way. */
export type KnownBefore = Omit<Context, 'lostReturns' | 'catalogue'>;

/** What one product, one order, or the charges of one SKU gave. */
export type ExaminedKey = Examined & { readonly of: 'product' | 'order' | 'charges' };

/**
 * Every product, every order and the charges of every SKU past all that look at them. Products come before orders: what of a
 * return never reached the shelf is known of the product and claimed for the order. Throws what the facts throw.
 */
export async function* examineSeller(
  { products, orders }: SellerFacts,
  rules: Rules,
  known: KnownBefore,
): AsyncGenerator<ExaminedKey> {
  const lost = openLostReturns();
  const catalogue = openCatalogue();
  const charges = openChargeBook();
  const context: Context = { ...known, catalogue, lostReturns: lost.byOrder };
  const returnsTell = allComplete(['ledger', 'returns'], context);
  for await (const product of products) {
    charges.learn(product);
    catalogue.learn(product);
    if (returnsTell) lost.learn(product);
    yield { of: 'product', ...examineProduct(product, rules, context) };
  }
  for await (const order of orders) {
    charges.add(order);
    yield { of: 'order', ...examineKey('order', order, { ...rules, context }) };
  }
  for (const sku of charges.all()) {
    yield { of: 'charges', ...examineKey('charges', sku, { ...rules, context }) };
  }
}
