import { findChromium } from '@recoup/local';
import { chromium, type Browser } from 'playwright-core';

/** The Chromium of this machine; without one, why there is none. */
export const found = findChromium(process.env);
if (found.program === null) process.stderr.write(`Browser tests are skipped: ${found.reason}.\n`);

/** Nothing of its own on the network, no GPU, and no first-run pages: what the tests see is what they did. */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Opens Chromium, without a window, on a new empty profile. It is held by a pipe: when this process is gone, killed even,
 * it ends itself.
 */
export async function openChromium(): Promise<Browser> {
  if (found.program === null) throw new Error(found.reason);
  return chromium.launch({ executablePath: found.program, args: FLAGS, chromiumSandbox: false });
}
