import { Browser, UnexpectedAnswer } from './browser.js';
import type { Product } from './product.js';

/** A browser that has opened the link which the start printed. */
export async function signIn(product: Pick<Product, 'origin' | 'link'>): Promise<Browser> {
  const browser = new Browser(product.origin);
  const response = await browser.request(product.link);
  if (response.status !== 302 || browser.cookie('session_token') === undefined) {
    throw new UnexpectedAnswer(`the link answered ${response.status}: ${await response.text()}`);
  }
  return browser;
}
