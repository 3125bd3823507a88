import { z } from 'zod';
import { allRecoveries, type Browser, type Recovery } from '../product/index.js';

const answerSchema = z.object({ id: z.string() });

/** The seller files by its word every second claim that it may: the others are left to Amazon, and to their last day. */
export async function submitEverySecond(browser: Browser): Promise<void> {
  const offered = await offering(browser, 'submit');
  // Ids differ from one installation to the next; what a claim is about does not.
  const named = ({ fnsku, lossDate, subtype }: Recovery) => `${fnsku} ${lossDate} ${subtype}`;
  const chosen = offered
    .toSorted((a, b) => (named(a) < named(b) ? -1 : 1))
    .filter((_, nth) => nth % 2 === 0);
  for (const { id } of chosen) await browser.post(`/api/recoveries/${id}/submit`, answerSchema);
}

/** The seller has done with what it never filed. */
export async function dismissRest(browser: Browser): Promise<void> {
  for (const { id } of await offering(browser, 'dismiss')) {
    await browser.post(`/api/recoveries/${id}/dismiss`, answerSchema);
  }
}

async function offering(browser: Browser, action: string): Promise<readonly Recovery[]> {
  return (await allRecoveries(browser)).filter(({ actions }) => actions.includes(action));
}
