import { z } from 'zod';
import { bodyOf, type Browser } from './browser.js';

const recoverySchema = z.object({
  id: z.string(),
  subtype: z.string(),
  status: z.string(),
  tier: z.string(),
  fnsku: z.string(),
  sku: z.string(),
  quantity: z.int(),
  lossDate: z.string(),
  guaranteedAmount: z.number(),
  amountKnown: z.boolean(),
  currency: z.string().nullable(),
  confidence: z.number(),
  deadline: z.string(),
  amazonCaseId: z.string().nullable(),
  orderId: z.string().nullable(),
  actions: z.array(z.string()),
});
export type Recovery = z.infer<typeof recoverySchema>;

/** All claims that the seller's list shows, page by page along the Link header. */
export async function allRecoveries(browser: Browser, limit = 100): Promise<Recovery[]> {
  const all: Recovery[] = [];
  let url: string | undefined = `/api/recoveries?limit=${limit}`;
  while (url !== undefined) {
    const response: Response = await browser.request(url);
    all.push(...(await bodyOf(response, { url, schema: z.array(recoverySchema) })));
    url = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return all;
}
