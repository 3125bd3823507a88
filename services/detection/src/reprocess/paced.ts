import { sleep } from '@recoup/kernel';

/** The same items, so many a second at most: what else the database serves is not slowed down. Null: unhindered. */
export async function* paced<T>(
  items: AsyncIterable<T>,
  perSecond: number | null,
  signal: AbortSignal,
): AsyncGenerator<T> {
  const begun = Date.now();
  let count = 0;
  for await (const item of items) {
    yield item;
    if (perSecond === null) continue;
    count += 1;
    const early = begun + (count * 1000) / perSecond - Date.now();
    if (early > 0) await sleep(early, signal);
  }
}
