import { eventually } from '@recoup/testkit';
import type { BrowserContext, Page } from 'playwright-core';

/** A line of what reached the page: where it came from, and its words. */
export interface Came {
  readonly source: string;
  readonly words: readonly string[];
}

/** How long a page may take for a step on a machine that is busy with other things, in milliseconds. */
const PATIENCE_MS = 60_000;

/** The web client in a browser of its own: no cookie yet, nothing in its cache. */
export interface WebClient {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Connects a seller as a person does: over Amazon's consent page and back. */
  connect(sellerId: string): Promise<void>;
  /** What has come so far from `stream`, `poll` or `feed`, since the page was loaded. */
  came(source: string): Promise<Came[]>;
  /** The progress that came from a source, in the order in which it came. */
  progress(source: 'stream' | 'poll'): Promise<number[]>;
  /** Waits until the bar shows at least this percentage; answers what it shows. */
  barAt(percent: number): Promise<number>;
  /** Keeps requests from leaving the browser, from now on. Patterns know `*`. */
  block(...urls: string[]): Promise<void>;
  /** The status of a GET as the page's scripts see it, or the name of the error that they see instead. */
  status(path: string): Promise<number | string>;
  /** The JSON body of a GET that the page's scripts make. */
  get<T>(path: string): Promise<T>;
  /** Evaluates an expression in the page. */
  ask<T>(expression: string): Promise<T>;
  /** Waits until an expression holds in the page. */
  holds(expression: string): Promise<void>;
}

export async function openWebClient(context: BrowserContext, url: string): Promise<WebClient> {
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto(url);
  const came = async (source: string): Promise<Came[]> => {
    const lines = await page.locator('#came li').allTextContents();
    return lines
      .map((line) => line.split(' '))
      .filter(([from]) => from === source)
      .map(([from = '', ...words]) => ({ source: from, words }));
  };
  const ask = <T>(expression: string): Promise<T> => page.evaluate<T>(expression);
  const holds = async (expression: string): Promise<void> => {
    await eventually(() => ask<boolean>(expression), { timeoutMs: PATIENCE_MS, everyMs: 50 });
  };
  const fetched = (path: string): string =>
    `fetch(CONFIG.api + '${path}', { credentials: 'include', headers: { 'Content-Type': 'application/json' } })`;
  return {
    page,
    context,
    came,
    ask,
    status: (path) => ask(`${fetched(path)}.then(({ status }) => status, ({ name }) => name)`),
    get: (path) => ask(`${fetched(path)}.then((answer) => answer.json())`),
    holds,
    async connect(sellerId) {
      await page.click('#connect');
      await page.fill('input[name=other_seller]', sellerId);
      await page.click('button[value=approve]');
      await page.waitForURL('**/auth/success?*');
    },
    async progress(source) {
      return (await came(source)).map(({ words }) => Number(words[1]));
    },
    async barAt(percent) {
      const value = `document.getElementById('bar').value`;
      await holds(`${value} >= ${percent}`);
      return ask<number>(value);
    },
    async block(...urls) {
      // Not page.route(): while it is on, Playwright answers every CORS preflight itself, and with yes.
      const devtools = await context.newCDPSession(page);
      await devtools.send('Network.enable');
      await devtools.send('Network.setBlockedURLs', { urls });
    },
  };
}
