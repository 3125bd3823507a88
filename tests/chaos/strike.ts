import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sleep } from '@recoup/kernel';
import { startProduct, type Product } from '../product/index.js';
import { settings } from './chaos-settings.js';
import type { Blow } from './round.js';

/** What there is after a blow. */
export interface Struck {
  /** The same product, or after the death of its launcher the one started anew on the same state. */
  readonly product: Product;
  /** From the blow until everything answered again, in seconds; null for a loss that stops nothing. */
  readonly recoverySeconds: number | null;
}

/** Deals a blow, and waits until what it hit is there again. */
export async function strike(product: Product, blow: Blow): Promise<Struck> {
  const startedAt = performance.now();
  const recovered = (now: Product): Struck => ({
    product: now,
    recoverySeconds: (performance.now() - startedAt) / 1000,
  });
  switch (blow.kind) {
    case 'kill': {
      const release = blow.downMs > 0 ? product.holdRestarts() : () => undefined;
      const dead = await product.kill(blow.victim);
      await sleep(blow.downMs);
      release();
      await product.ready(blow.victim, dead);
      return recovered(product);
    }
    case 'lose the store of nats-server':
      if (blow.while === 'down') await loseStoreWhileDown(product);
      else if (blow.killedAfterMs !== null) await loseStoreThenKill(product, blow.killedAfterMs);
      else {
        loseStore(product);
        return { product, recoverySeconds: null };
      }
      return recovered(product);
    case 'kill the launcher':
      await product.killLauncher();
      return recovered(await startAgain(product));
  }
}

async function loseStoreWhileDown(product: Product): Promise<void> {
  const release = product.holdRestarts();
  const dead = await product.kill('nats-server');
  loseStore(product);
  release();
  await product.ready('nats-server', dead);
}

async function loseStoreThenKill(product: Product, laterMs: number): Promise<void> {
  loseStore(product);
  await sleep(laterMs);
  await product.ready('nats-server', await product.kill('nats-server'));
}

function loseStore({ stateDir }: Product): void {
  rmSync(join(stateDir, 'nats'), { recursive: true, force: true });
}

/** On the same port, where the clients of before look for it. */
function startAgain({ stateDir, origin }: Product): Promise<Product> {
  return startProduct({
    stateDir,
    orders: settings.SANDBOX_ORDERS,
    seed: settings.SANDBOX_SEED,
    environment: { GATEWAY_PORT: new URL(origin).port },
  });
}
