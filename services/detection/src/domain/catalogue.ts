import type { ProductFacts } from './facts.js';

/** What reports about stock call a product whose SKU a sale names. */
export interface CatalogueEntry {
  readonly fnsku: string;
  readonly asin: string;
  readonly title: string;
}

/** Products by SKU. Its memory follows the catalogue and not the sales. */
export interface Catalogue {
  learn(product: Pick<ProductFacts, 'ledger'>): void;
  /** Null for a SKU that no ledger names, or that was on several FNSKUs: which one it was is then not known. */
  of(sku: string): CatalogueEntry | null;
}

export function openCatalogue(): Catalogue {
  const entries = new Map<string, CatalogueEntry | null>();
  return {
    learn({ ledger }) {
      for (const { data } of ledger) {
        const known = entries.get(data.sku);
        const { fnsku, asin, title } = data;
        if (known === undefined) entries.set(data.sku, { fnsku, asin, title });
        else if (known?.fnsku !== fnsku) entries.set(data.sku, null);
      }
    },
    of: (sku) => entries.get(sku) ?? null,
  };
}
