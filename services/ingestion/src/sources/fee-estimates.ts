import { FEES_PER_CALL, feesEstimates, type FeesQuestion } from '../amazon/fees.js';
import { CLAIMABLE_MS } from '../plan/work-order.js';
import { feeEstimateFact } from './fee-estimate-fact.js';
import type {
  Catalogue,
  FactSink,
  ReadWindow,
  Source,
  SourceContext,
  SyncWindow,
  Lack,
} from './source.js';

/** How often a product is asked for in all when Amazon fails at it. */
const MOST_ASKS = 4;

interface Asked extends FeesQuestion {
  /** How often before. */
  readonly asks: number;
}

/**
 * What Amazon estimates to charge for each product at its price of today: those in stock, and those sold in the time that
 * can be claimed for. What it asks with is what the other sources have stored, so it comes after them.
 */
export const feeEstimatesByBatch: Source = {
  resource: 'feeEstimates',
  route: 'getMyFeesEstimates-v0',
  family: 'api',
  counts: 'feeEstimate',
  concurrency: 1,
  after: ['inventory', 'orders', 'feePreview'],
  demand: ({ calls }) => ({ getMyFeesEstimates: calls }),
  lacks: lackingEstimates,
  async read(context, window, sink) {
    const { scope: marketplaceId } = window;
    const catalogue = catalogueOf(context, window);
    const { priced } = await catalogue.count();
    context.expectCalls(Math.ceil(priced / FEES_PER_CALL));
    let waiting: Asked[] = [];
    for await (const { sku, price } of catalogue.items()) {
      if (price) waiting.push({ marketplaceId, sku, price, asks: 0 });
      while (waiting.length >= FEES_PER_CALL) waiting = await ask(context, waiting, sink);
    }
    while (waiting.length > 0) waiting = await ask(context, waiting, sink);
  },
};

function catalogueOf(
  { catalogue }: Pick<SourceContext, 'catalogue'>,
  { scope, to }: Pick<SyncWindow, 'scope' | 'to'>,
): Catalogue {
  return catalogue({ marketplaceId: scope, soldSince: new Date(to.getTime() - CLAIMABLE_MS) });
}

/**
 * Asks for a batch and stores what is answered. Answers what is to be asked once more, because Amazon failed at it. What it
 * fails at to the end is stored by no word: an estimate of an earlier sync stays.
 */
async function ask(
  { client, caller }: Pick<SourceContext, 'client' | 'caller'>,
  batch: readonly Asked[],
  sink: FactSink,
): Promise<Asked[]> {
  const answers = await feesEstimates(client, caller, batch);
  const again: Asked[] = [];
  const facts = batch.flatMap((question) => {
    const answer = answers.get(question.sku);
    if (answer && answer.Status !== 'ServiceError') {
      return [{ data: feeEstimateFact(question, answer), raw: null }];
    }
    const asks = question.asks + 1;
    if (asks < MOST_ASKS) again.push({ ...question, asks });
    return [];
  });
  if (facts.length > 0) await sink.write('feeEstimate', facts);
  return again;
}

/** Products without a price cannot be asked for; of the others, those that Amazon gave no answer for. */
async function lackingEstimates(
  context: Pick<SourceContext, 'catalogue'>,
  windows: readonly ReadWindow[],
): Promise<Lack | null> {
  let [products, unpriced, unanswered] = [0, 0, 0];
  for (const window of windows) {
    const count = await catalogueOf(context, window).count();
    products += count.priced + count.unpriced;
    unpriced += count.unpriced;
    unanswered += Math.max(0, count.priced - window.received);
  }
  const why = [
    ...(unpriced > 0 ? [`no price is known of ${unpriced}`] : []),
    ...(unanswered > 0 ? [`Amazon failed to estimate ${unanswered}`] : []),
  ];
  if (why.length === 0) return null;
  const words = `No fee estimate for ${unpriced + unanswered} of ${products} products: ${why.join(', ')}.`;
  return { words, partial: unanswered > 0 };
}
