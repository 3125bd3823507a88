import { times, toMinor } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import { look } from '../test/look-at-seller.js';
import { readSandbox } from '../test/sandbox-seller.js';

const SELLER = 'A2HARBORPINE01';

interface Measured {
  claims: number;
  found: number;
  right: number;
  worth: number;
}

/** By subtype: true claims, findings, those that are true with their exact units, and of these those of the right value. */
async function measure(settings: Readonly<Record<string, string>>) {
  const read = await readSandbox(settings, { [SELLER]: ['ATVPDKIKX0DER'] });
  const seller = read[SELLER];
  if (!seller) throw new Error('the sandbox has no such seller');
  const bySubtype = new Map<string, Measured>();
  const of = (subtype: string): Measured => {
    const known = bySubtype.get(subtype) ?? { claims: 0, found: 0, right: 0, worth: 0 };
    bySubtype.set(subtype, known);
    return known;
  };
  const { claims, lookAlikes } = seller.truth;
  for (const { subtype } of claims) of(subtype).claims += 1;
  const seen = look(seller);
  for (const { finding, reference } of seen) {
    const sums = of(finding.subtype);
    sums.found += 1;
    const about = finding.subject.orderId;
    const claim = claims.find(
      ({ subtype, referenceIds, units, orderId, fnsku }) =>
        subtype === finding.subtype &&
        (about === null
          ? referenceIds.includes(reference)
          : orderId === about && fnsku === finding.subject.fnsku) &&
        units === finding.quantity,
    );
    if (!claim) continue;
    sums.right += 1;
    const total = claim.unitValue && times(claim.unitValue, claim.units);
    if (isWithinOnePercent(finding.value.total, total)) sums.worth += 1;
  }
  const alike = new Set(lookAlikes.flatMap(({ referenceIds }) => referenceIds));
  const orders = new Set(lookAlikes.flatMap(({ orderId }) => orderId ?? []));
  return {
    bySubtype,
    alike: seen.filter(
      ({ finding, reference }) => alike.has(reference) || orders.has(finding.subject.orderId ?? ''),
    ),
  };
}

type Total = Awaited<
  ReturnType<typeof readSandbox>
>[string]['truth']['claims'][number]['unitValue'];

/** A value that nobody can know is right when it is unknown. */
function isWithinOnePercent(found: Total, real: Total): boolean {
  if (!found || !real) return found === real;
  const off = toMinor(found) - toMinor(real);
  return (off < 0n ? -off : off) * 100n <= toMinor(real);
}

function total(bySubtype: ReadonlyMap<string, Measured>) {
  const sum = (of: keyof Measured) =>
    [...bySubtype.values()].reduce((all, one) => all + one[of], 0);
  const [claims, found, right, worth] = [sum('claims'), sum('found'), sum('right'), sum('worth')];
  return { precision: right / found, recall: right / claims, values: worth / right };
}

/** For who reads the run: what was measured, one line for each subtype. */
function print(name: string, bySubtype: ReadonlyMap<string, Measured>): void {
  const line = (cells: readonly string[]) =>
    cells
      .map((cell) => cell.padEnd(27))
      .join('')
      .trimEnd();
  const rows = [...bySubtype].map(([subtype, { claims, found, right, worth }]) =>
    line([subtype, `${right}/${claims} claims`, `${right}/${found} findings`, `${worth} worth it`]),
  );
  process.stdout.write(`${[name, ...rows.sort()].join('\n  ')}\n`);
}

describe('given clean worlds', () => {
  it.each([
    [11, 2_500],
    [12, 600],
    [13, 0],
  ])(
    'then of seed %d with %d orders every claim is found with its units and value, and no look-alike',
    async (seed, orders) => {
      const settings = { SANDBOX_SEED: String(seed), SANDBOX_ORDERS: String(orders) };
      const { bySubtype, alike } = await measure(settings);
      print(`clean: seed ${seed}, ${orders} orders`, bySubtype);
      expect(total(bySubtype)).toEqual({ precision: 1, recall: 1, values: 1 });
      expect(alike).toEqual([]);
    },
    180_000,
  );
});

describe('given worlds that are told badly', () => {
  it.each([
    [21, 2_500, 0.1],
    [22, 2_500, 0.5],
  ])(
    'then of seed %d with %d orders and a share of %d nearly every claim is found, and nearly no other',
    async (seed, orders, dirt) => {
      const { bySubtype } = await measure({
        SANDBOX_SEED: String(seed),
        SANDBOX_ORDERS: String(orders),
        SANDBOX_DIRT: String(dirt),
      });
      print(`dirty: seed ${seed}, ${orders} orders, ${dirt} of what can be told badly`, bySubtype);
      const { precision, recall, values } = total(bySubtype);
      expect(precision).toBeGreaterThanOrEqual(0.99);
      expect(recall).toBeGreaterThanOrEqual(0.97);
      expect(values).toBeGreaterThanOrEqual(0.99);
    },
    180_000,
  );
});
