import { z } from 'zod';
import { allRecoveries, bodyOf, type Browser, type Recovery } from '../product/index.js';

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

/** The seller files by its word all that it may. */
export async function submitAll(browser: Browser): Promise<void> {
  for (const { id } of await offering(browser, 'submit')) {
    await browser.post(`/api/recoveries/${id}/submit`, answerSchema);
  }
}

const givenSchema = z.object({ documents: z.array(answerSchema).length(1) });

/** The seller gives a document for a claim, a PDF of its own; answers the document's id. */
export async function givePdf(browser: Browser, claimId: string): Promise<string> {
  const pdf = [
    `%PDF-1.7\n% given for ${claimId} at ${Date.now()}`,
    '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
    '2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj',
    '3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >> endobj',
    'trailer << /Root 1 0 R >>',
    '%%EOF',
  ].join('\n');
  const body = new FormData();
  body.append('files', new Blob([pdf], { type: 'application/pdf' }), 'proof.pdf');
  const url = `/api/recoveries/${claimId}/documents/upload`;
  const answer = await browser.request(url, { method: 'POST', body });
  const { documents } = await bodyOf(answer, { url, schema: givenSchema });
  return documents[0]?.id ?? '';
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
