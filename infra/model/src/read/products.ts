import { NO_PRODUCT_FACTS, type Keyed, type ProductFacts } from '@recoup/detection';
import type { FactsRead } from './reading.js';

/** Where the facts of each kind stand among those of a product. */
const PLACES = {
  ledger: 'ledger',
  reimbursement: 'reimbursements',
  customerReturn: 'returns',
  removalOrder: 'removalOrders',
  removalShipment: 'removalShipments',
  storageFee: 'storageFees',
  agedStorageFee: 'agedStorageFees',
  feePreview: 'feePreviews',
} as const satisfies Partial<Record<keyof FactsRead, keyof ProductFacts>>;
type Place = (typeof PLACES)[keyof typeof PLACES];
type OfProduct = Keyed<{ readonly fnsku: string }>;

/** What was read, one product after the other in the order of their FNSKUs: as detection reads it from its tables. */
export function productsOf(facts: FactsRead): readonly ProductFacts[] {
  const products = new Map<string, Record<Place, OfProduct[]>>();
  for (const [kind, place] of Object.entries(PLACES)) {
    for (const fact of facts[kind as keyof typeof PLACES]) {
      const { fnsku } = fact.data;
      const product = products.get(fnsku) ?? noRows();
      product[place].push(fact);
      products.set(fnsku, product);
    }
  }
  return [...products]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, product]) => ({ ...NO_PRODUCT_FACTS, ...product }) as unknown as ProductFacts);
}

function noRows(): Record<Place, OfProduct[]> {
  const empty = Object.values(PLACES).map((place) => [place, []] as const);
  return Object.fromEntries(empty) as unknown as Record<Place, OfProduct[]>;
}
