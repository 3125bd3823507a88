import { z } from 'zod';
import { UnexpectedAnswer, type Browser } from './browser.js';

const startSchema = z.object({ auth_url: z.url() });

/** Connects a seller as a person does: to Amazon's consent page, approve, and back. */
export async function connectSeller(browser: Browser, sellerId: string): Promise<void> {
  const { auth_url: consent } = await browser.get(
    '/api/v1/integrations/amazon/auth/start',
    startSchema,
  );
  const page = await (await browser.request(consent)).text();
  const form = new URLSearchParams(hiddenFields(page));
  form.set('other_seller', sellerId);
  form.set('decision', 'approve');
  const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1] ?? '';
  const target = new URL(action, consent).href;
  const approved = await browser.request(target, { method: 'POST', body: form });
  const back = await browser.request(locationOf(approved, target));
  const arrived = new URL(locationOf(back, 'the callback'), browser.origin);
  if (arrived.searchParams.get('status') !== 'ok') {
    throw new UnexpectedAnswer(`connecting ended at ${arrived.href}`);
  }
}

/** What the form carries along unseen, with the escapes of HTML undone. */
function hiddenFields(page: string): [string, string][] {
  const inputs = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  return [...inputs].map(([, name = '', value = '']) => [
    name,
    value.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
  ]);
}

function locationOf(response: Response, from: string): string {
  const location = response.headers.get('location');
  if (location === null) throw new UnexpectedAnswer(`${from} answered ${response.status}`);
  return location;
}
