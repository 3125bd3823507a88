import { sumByCurrency, type Money } from '@recoup/kernel';
import { z } from 'zod';
import { bodyOf } from '../product/browser.js';
import type { Product } from '../product/index.js';

const money = z.object({ amount: z.string(), currency: z.string() });
const movementSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  kind: z.enum(['paid', 'unasked', 'reversed']),
  amount: money,
  inKind: z.int(),
  original: z.string().nullable(),
});
export type Movement = z.infer<typeof movementSchema>;

const caseSchema = z.object({
  ...{ caseId: z.string(), claimId: z.string(), createdAt: z.iso.datetime() },
  status: z.enum(['open', 'approved', 'partially_approved', 'denied']),
  asked: money.nullable(),
  movements: z.array(movementSchema),
});
export type CaseBook = z.infer<typeof caseSchema>;

const unaskedSchema = movementSchema.extend({
  ...{ fnsku: z.string(), orderId: z.string().nullable(), reason: z.string() },
});
export type Unasked = z.infer<typeof unaskedSchema>;

const booksSchema = z.object({ cases: z.array(caseSchema), unasked: z.array(unaskedSchema) });
/** What the simulated Amazon has written down of a seller: its cases, and what it paid without one. */
export type Books = z.infer<typeof booksSchema>;

/** The books as they are now. */
export async function readBooks(product: Product, sellerId: string): Promise<Books> {
  return read(`${product.sandboxOrigin}/sandbox/sellers/${sellerId}/cases`, booksSchema);
}

/** What the books come to in one currency, in major units. */
export interface Totals {
  /** Of cases: what was asked for, and of how many. */
  readonly filed: number;
  readonly cases: number;
  readonly paid: number;
  readonly reversed: number;
  /** Paid without having been asked for, less what was taken back of that. */
  readonly unasked: number;
  /** Asked for by cases that nobody has decided on, and that may still be decided. */
  readonly pending: number;
  readonly denied: number;
}

export interface Reckoning {
  /** Movements of this instant and later are in no report that was read. */
  readonly readUntil: string;
  /** Cases that were filed before it and lie open still are never answered. */
  readonly silentBefore: string;
  /** Whether a claim stood open for what was paid unasked: for the rest there was nothing to claim. */
  readonly isFound: (payment: Unasked) => boolean;
  readonly currency: string;
}

/** Adds the books up in one currency. */
export function totalsOf(books: Books, reckoning: Reckoning): Totals {
  const { readUntil, silentBefore, isFound, currency } = reckoning;
  const cases = books.cases.filter(({ asked }) => asked?.currency === currency);
  const told = (all: readonly Movement[]) => all.filter(({ at }) => at < readUntil);
  const claimed = books.cases.flatMap(({ movements }) => told(movements));
  const found = books.unasked.filter((one) => one.kind === 'unasked' && isFound(one));
  const foundIds = new Set(found.map(({ id }) => id));
  const aside = told(
    books.unasked.filter(({ id, original }) => foundIds.has(id) || foundIds.has(original ?? '')),
  );
  const all: readonly Movement[] = [...claimed, ...aside];
  const unaskedIds = new Set(all.filter(({ kind }) => kind === 'unasked').map(({ id }) => id));
  const sum = (of: readonly Movement[]): number =>
    amountIn(
      of.map(({ amount }) => amount),
      currency,
    );
  const isOfUnasked = ({ kind, original }: Movement): boolean =>
    kind === 'reversed' && unaskedIds.has(original ?? '');
  const asked = (of: readonly CaseBook[]): number =>
    amountIn(
      of.flatMap((one) => one.asked ?? []),
      currency,
    );
  const back = all.filter(isOfUnasked);
  return {
    filed: asked(cases),
    cases: cases.length,
    paid: sum(all.filter(({ kind }) => kind === 'paid')),
    reversed: sum(all.filter((one) => one.kind === 'reversed' && !isOfUnasked(one))),
    unasked: cents(sum(all.filter(({ kind }) => kind === 'unasked')) - sum(back)),
    pending: asked(
      cases.filter(({ status, createdAt }) => status === 'open' && createdAt >= silentBefore),
    ),
    denied: asked(cases.filter(({ status }) => status === 'denied')),
  };
}

function amountIn(amounts: readonly Money[], currency: string): number {
  const own = sumByCurrency(amounts).find((one) => one.currency === currency);
  return Number(own?.amount ?? 0);
}

/** A difference of two exact sums, without what binary fractions add to it. */
export function cents(value: number): number {
  return Math.round(value * 100) / 100 || 0; // no minus zero
}

async function read<S extends z.ZodType>(url: string, schema: S): Promise<z.infer<S>> {
  return bodyOf(await fetch(url, { signal: AbortSignal.timeout(60_000) }), { url, schema });
}
