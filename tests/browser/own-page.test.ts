import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../product/index.js';
import { found, openChromium } from './chromium.js';

/** How long a step may take on a machine that is busy with other things, in milliseconds. */
const PATIENCE_MS = 60_000;

describe.skipIf(found.program === null)("the product's own page in a browser", () => {
  let product: Product;
  let chromium: Browser;
  let page: Page;
  /** What the browser complained of: scripts that threw, and what the page's policy refused. */
  const complaints: string[] = [];

  beforeAll(async () => {
    product = await startProduct({ orders: 600 });
    chromium = await openChromium();
    page = await chromium.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
  });
  afterAll(async () => {
    await chromium?.close();
    await product?.[Symbol.asyncDispose]();
  });

  it(
    'leads a newcomer from the printed link to a submitted claim',
    { timeout: 120_000 },
    async () => {
      await page.goto(product.link);
      await page.click('#connect');
      await page.click('button[value=approve]');
      await page.waitForURL('**/auth/success?status=ok*');
      await page.locator('#sync-progress[value="100"]').waitFor();

      const row = page.locator('#claim-rows tr', { hasText: 'Yours to submit' }).first();
      await row.getByRole('link').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('What happened').waitFor();
      const title = await dialog.getByRole('heading').first().textContent();
      await dialog.getByRole('button', { name: 'Submit to Amazon' }).click();
      await dialog.locator('dd', { hasText: /^Submitted$/ }).waitFor();
      expect(await dialog.getByRole('button', { name: 'Submit to Amazon' }).isVisible()).toBe(
        false,
      );

      // Amazon's answer comes by itself, over the live feed.
      await dialog.locator('dt', { hasText: 'Amazon case' }).waitFor();
      await dialog.getByRole('status').filter({ hasText: 'Amazon has it as case' }).waitFor();

      // The address names the claim: a reload opens it again, and going back closes it.
      await page.reload();
      expect(await dialog.getByRole('heading').first().textContent()).toBe(title);
      await page.goBack();
      await dialog.waitFor({ state: 'hidden' });
      expect(complaints).toEqual([]);
    },
  );
});
