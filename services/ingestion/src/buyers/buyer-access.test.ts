import { describe, expect, it } from 'vitest';
import { openBuyerAccess, type BuyerAccess, type BuyerState } from './buyer-access.js';

class Refused extends Error {}

/** Amazon, as far as a window asks it: which calls it heard, and whom it refuses. */
class Amazon {
  readonly calls: boolean[] = [];
  refuses: (withBuyers: boolean) => boolean = () => false;

  async *pages(withBuyers: boolean): AsyncGenerator<string> {
    for (const page of [1, 2]) {
      this.calls.push(withBuyers);
      await Promise.resolve();
      if (this.refuses(withBuyers)) throw new Refused();
      yield `${withBuyers ? 'with' : 'without'} ${page}`;
    }
  }
}

function accessOf(initially: BuyerState): { access: BuyerAccess; refusals: () => number } {
  let refusals = 0;
  const access = openBuyerAccess({
    initially,
    isRefusal: (error) => error instanceof Refused,
    onRefused: () => {
      refusals += 1;
      return Promise.resolve();
    },
  });
  return { access, refusals: () => refusals };
}

async function readAll(access: BuyerAccess, amazon: Amazon): Promise<string[]> {
  const pages: string[] = [];
  for await (const page of access.read((withBuyers) => amazon.pages(withBuyers))) pages.push(page);
  return pages;
}

describe('the access to buyers', () => {
  it('given they are not wanted, then they are never asked for', async () => {
    const amazon = new Amazon();
    const { access } = accessOf('unwanted');
    expect(await readAll(access, amazon)).toEqual(['without 1', 'without 2']);
    expect(access.isRefused()).toBe(false);
  });

  it('given they are allowed, then all windows read with them', async () => {
    const amazon = new Amazon();
    const { access } = accessOf('unknown');
    const windows = await Promise.all([1, 2, 3].map(() => readAll(access, amazon)));
    expect(windows).toEqual([1, 2, 3].map(() => ['with 1', 'with 2']));
  });

  it('given they are refused, then one window finds out for all of them', async () => {
    const amazon = new Amazon();
    amazon.refuses = (withBuyers) => withBuyers;
    const { access, refusals } = accessOf('unknown');
    const windows = await Promise.all([1, 2, 3].map(() => readAll(access, amazon)));
    expect(windows).toEqual([1, 2, 3].map(() => ['without 1', 'without 2']));
    expect(amazon.calls.filter((withBuyers) => withBuyers)).toHaveLength(1);
    expect([refusals(), access.isRefused()]).toEqual([1, true]);
  });

  it('given a predecessor was refused, then nobody asks again', async () => {
    const amazon = new Amazon();
    const { access, refusals } = accessOf('refused');
    expect(await readAll(access, amazon)).toEqual(['without 1', 'without 2']);
    expect([amazon.calls, refusals()]).toEqual([[false, false], 0]);
  });

  it('given orders are refused altogether, then that is thrown, and says nothing about buyers', async () => {
    const amazon = new Amazon();
    amazon.refuses = () => true;
    const { access, refusals } = accessOf('unknown');
    const windows = await Promise.allSettled([1, 2].map(() => readAll(access, amazon)));
    expect(windows.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    amazon.refuses = () => false;
    expect(await readAll(access, amazon)).toEqual(['with 1', 'with 2']);
    expect(refusals()).toBe(0);
  });

  it('given another failure, then it is thrown, and the next window tries', async () => {
    const { access } = accessOf('unknown');
    const broken = access.read(() => {
      throw new Error('reset');
    });
    await expect(broken.next()).rejects.toThrow('reset');
    expect(await readAll(access, new Amazon())).toEqual(['with 1', 'with 2']);
  });
});
