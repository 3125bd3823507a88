/** Whether a sync may see buyers, which only Amazon's answers tell. One for each run of a sync. */
export interface BuyerAccess {
  /**
   * Pages with buyers where they are wanted and Amazon allows it, else without. The first window to ask finds out and the
   * others wait for its first page, so that a refusal costs one call and not one for each window. Throws what `open` throws.
   */
  read<P>(open: (withBuyers: boolean) => AsyncGenerator<P>): AsyncGenerator<P>;
  isWanted(): boolean;
  isRefused(): boolean;
}

/** `unknown`: buyers are wanted, and nobody has asked yet. */
export type BuyerState = 'unwanted' | 'unknown' | 'granted' | 'refused';

interface BuyerAccessDeps {
  readonly initially: BuyerState;
  /** Whether an error of `open` can mean that the application may not see buyers. */
  readonly isRefusal: (error: unknown) => boolean;
  /** Called once, when buyers turn out to be what was refused. */
  readonly onRefused: () => Promise<void>;
}

interface Begun<P> {
  readonly pages: AsyncGenerator<P>;
  readonly first: IteratorResult<P>;
}

export function openBuyerAccess({ initially, isRefusal, onRefused }: BuyerAccessDeps): BuyerAccess {
  let state = initially;
  let trial: Promise<void> | undefined;
  const trialEnded = (): void => void (trial = undefined);

  async function tryWithBuyers<P>(
    open: (withBuyers: boolean) => AsyncGenerator<P>,
  ): Promise<Begun<P>> {
    const pages = open(true);
    try {
      const first = await pages.next();
      state = 'granted';
      return { pages, first };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const without = open(false);
      // Only if this works was it about buyers; else the refusal is of the orders themselves, and thrown.
      const first = await without.next();
      state = 'refused';
      await onRefused();
      return { pages: without, first };
    }
  }

  return {
    isWanted: () => state !== 'unwanted',
    isRefused: () => state === 'refused',
    async *read(open) {
      while (trial) await trial;
      if (state !== 'unknown') {
        yield* open(state === 'granted');
        return;
      }
      const trying = tryWithBuyers(open);
      trial = trying.then(trialEnded, trialEnded);
      const { pages, first } = await trying;
      if (first.done) return;
      yield first.value;
      yield* pages;
    },
  };
}
