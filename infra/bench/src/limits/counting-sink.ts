import { openRecording, type FactKind, type GivenFact, type Recorded } from '@recoup/facts';

/**
 * Recordings that store only what the catalogue of products is read from, and of everything else keep the number: what is
 * measured is the waiting for Amazon, and fee estimates are asked for product by product. Stock and fee previews are stored
 * whole, of the orders one a product and month. For one simulation.
 */
export function countingSink(): typeof openRecording {
  const sold = new Set<string>();
  return (pool, at) => {
    const stored = openRecording(pool, at);
    const counts = new Map<FactKind, number>();
    const added: string[] = [];
    let orders = new Map<string, GivenFact<'order'>>();

    async function keepSold(items: readonly GivenFact<'orderItem'>[]): Promise<void> {
      const kept = items.filter(({ data }) => {
        const made = orders.get(data.orderId)?.data;
        if (made?.fulfilledBy !== 'AMAZON') return false;
        const product = `${made.marketplaceId} ${made.createdAt.slice(0, 7)} ${data.sku}`;
        if (sold.has(product) || Number(data.unitPrice?.amount ?? 0) === 0) return false;
        sold.add(product);
        added.push(product);
        return true;
      });
      const ids = new Set(kept.map(({ data }) => data.orderId));
      await stored.write(
        'order',
        [...ids].flatMap((id) => orders.get(id) ?? []),
      );
      await stored.write('orderItem', kept);
    }

    return {
      async write(kind, facts) {
        counts.set(kind, (counts.get(kind) ?? 0) + facts.length);
        // Lines follow their orders, portion by portion.
        if (kind === 'order') orders = byOrder(facts as readonly GivenFact<'order'>[]);
        else if (kind === 'orderItem') await keepSold(facts as readonly GivenFact<'orderItem'>[]);
        else if (STORED.has(kind)) await stored.write(kind, facts);
      },
      async restart() {
        counts.clear();
        for (const product of added.splice(0)) sold.delete(product);
        await stored.restart();
      },
      async commit(tx) {
        await stored.commit(tx);
        return new Map(
          [...counts].map(([kind, received]): [FactKind, Recorded] => [
            kind,
            { received, changed: received, batchId: 0 },
          ]),
        );
      },
    };
  };
}

/** What the catalogue is read from beside the orders. */
const STORED: ReadonlySet<FactKind> = new Set(['inventory', 'feePreview']);

function byOrder(facts: readonly GivenFact<'order'>[]): Map<string, GivenFact<'order'>> {
  return new Map(facts.map((fact) => [fact.data.orderId, fact]));
}
