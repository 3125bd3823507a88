import type { LedgerFact } from '@recoup/contracts';
import { daysBetween, groupBy } from '@recoup/kernel';
import { compareText } from './facts.js';

/** Reason codes of units that become another product (4 out, 3 in). */
export const REDEFINING = ['3', '4'] as const;
/** Amazon's own SKUs for units that it found without knowing under which of a seller's SKUs they came. */
export const FOUND_SKU = 'Amazon.Found.';

/** Both halves of a redefinition are booked within days of each other. */
const PAIR_DAYS = 3;

type Part = Pick<
  LedgerFact,
  'fnsku' | 'asin' | 'day' | 'quantity' | 'referenceId' | 'country' | 'sku'
>;

/**
 * The FNSKUs that are one product, by each of them, in code-unit order; those that are a product alone are left out. Joined
 * are the two halves of a redefinition (one reference, else one ASIN within days, else the same units on the same day in
 * the same country), and units found under Amazon's own SKU with those of their ASIN.
 * `alike`: FNSKUs of the ASINs that were found so.
 */
export function productGroups(
  rows: readonly Part[],
  alike: readonly Pick<LedgerFact, 'fnsku' | 'asin'>[] = [],
): ReadonlyMap<string, readonly string[]> {
  const joined = openUnion();
  const halves = rows.filter(({ sku }) => !sku.startsWith(FOUND_SKU));
  const byReference = groupBy(halves, ({ referenceId, fnsku }) => referenceId || `of ${fnsku}`);
  for (const group of byReference.values()) pair(group, joined);
  for (const group of groupBy(halves, ({ asin, country }) => `${asin} ${country}`).values())
    pair(group, joined);
  const alone = halves.filter(({ fnsku }) => !joined.has(fnsku));
  const sameUnits = groupBy(alone, ({ day, quantity, country }) =>
    [day, Math.abs(quantity), country].join(' '),
  );
  for (const group of sameUnits.values()) pair(group, joined);
  for (const group of groupBy(alike, ({ asin }) => asin).values()) {
    for (const { fnsku } of group) joined.join(group[0]?.fnsku ?? fnsku, fnsku);
  }
  return joined.groups();
}

/** Joins what went out with what came in, each with the next one within days. */
function pair(rows: readonly Part[], joined: Union): void {
  const byDay = [...rows].sort(
    (a, b) => compareText(a.day, b.day) || compareText(a.fnsku, b.fnsku),
  );
  const outs = byDay.filter(({ quantity }) => quantity < 0);
  const ins = byDay.filter(({ quantity }) => quantity > 0);
  let at = 0;
  for (const out of outs) {
    while (at < ins.length && daysBetween(ins[at]?.day ?? out.day, out.day) > PAIR_DAYS) at += 1;
    const into = ins[at];
    if (!into || daysBetween(out.day, into.day) > PAIR_DAYS) continue;
    joined.join(out.fnsku, into.fnsku);
    if (at < ins.length - 1) at += 1;
  }
}

interface Union {
  has(name: string): boolean;
  join(a: string, b: string): void;
  groups(): ReadonlyMap<string, readonly string[]>;
}

/** Sets that grow together (union-find). */
function openUnion(): Union {
  const parents = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let up = parents.get(root); up !== undefined && up !== root; up = parents.get(root)) {
      parents.set(root, parents.get(up) ?? up);
      root = up;
    }
    return root;
  };
  return {
    has: (name) => parents.has(name),
    join(a, b) {
      if (a === b) return;
      const [first = a, second = b] = [rootOf(a), rootOf(b)].sort(compareText);
      for (const name of [a, b, first]) if (!parents.has(name)) parents.set(name, first);
      parents.set(second, first);
    },
    groups() {
      const members = groupBy([...parents.keys()].sort(compareText), rootOf);
      return new Map(
        [...members.values()].flatMap((all) => all.map((name) => [name, all] as const)),
      );
    },
  };
}
