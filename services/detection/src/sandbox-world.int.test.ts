import { times } from '@recoup/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import { look, sorted, watch } from '../test/look-at-seller.js';
import { readSandbox, type SandboxSeller } from '../test/sandbox-seller.js';

const US = 'ATVPDKIKX0DER';
const CANADA = 'A2EUQ1WTGCTBG2';
const SELLERS = { A2HARBORPINE01: [US], A3MAPLETRAIL02: [US, CANADA], A1BRIGHTHOME03: [US] };

let world: Readonly<Record<string, SandboxSeller>>;
beforeAll(async () => {
  world = await readSandbox({}, SELLERS);
}, 180_000);

const sellerOf = (id: string): SandboxSeller => {
  const seller = world[id];
  if (!seller) throw new Error(`the sandbox has no seller ${id}`);
  return seller;
};

describe.each(Object.keys(SELLERS))('given what Amazon says of seller %s', (id) => {
  it('then every true claim is found with its exact units, and nothing else is', () => {
    const { truth } = sellerOf(id);
    const found = look(sellerOf(id)).map(({ finding, reference }) => ({
      subtype: finding.subtype,
      fnsku: finding.subject.fnsku,
      units: finding.quantity,
      lossDay: finding.lossDay,
      ...(finding.subject.orderId
        ? { referenceIds: [], orderId: finding.subject.orderId }
        : { referenceIds: [reference] }),
    }));
    const true_ = truth.claims.map(({ subtype, fnsku, units, lossDay, referenceIds, orderId }) => ({
      ...{ subtype, fnsku, units, lossDay, referenceIds },
      ...(orderId ? { orderId } : {}),
    }));
    const ofOrders = truth.claims.filter(({ orderId }) => orderId).map(({ subtype }) => subtype);
    expect(new Set(ofOrders).size).toBeGreaterThanOrEqual(6);
    expect(true_.length).toBeGreaterThan(20);
    expect(sorted(found)).toEqual(sorted(true_));
  });

  it('then no look-alike is reported', () => {
    const { truth } = sellerOf(id);
    const alike = new Set(truth.lookAlikes.flatMap(({ referenceIds }) => referenceIds));
    expect(alike.size).toBeGreaterThan(50);
    const orders = new Set(truth.lookAlikes.flatMap(({ orderId }) => orderId ?? []));
    expect(orders.size).toBeGreaterThan(30);
    const taken = look(sellerOf(id)).filter(
      ({ finding, reference }) => alike.has(reference) || orders.has(finding.subject.orderId ?? ''),
    );
    expect(taken).toEqual([]);
  });

  it('then nothing is held to be a risk, and what is claimed as lost between two centres was one before', () => {
    const seller = sellerOf(id);
    expect(watch(seller)).toEqual([]);
    const lost = look(seller).filter(({ finding }) => finding.subtype === 'fc_transfer_loss');
    expect(lost.length).toBeGreaterThan(0);
    const said = lost.map(({ finding }) => [finding.subject.fnsku, finding.quantity]);
    const before = [20, 40, 60, 80].flatMap((days) => watch(seller, days));
    const moved = before.filter(({ kind }) => kind === 'transfer_in_transit');
    expect(moved.map(({ subject, quantity }) => [subject.fnsku, quantity])).toEqual(
      expect.arrayContaining(said),
    );
  });

  it('then the value is what Amazon has paid for a unit, what it was sold for less fees, or unknown', () => {
    const values = new Map(
      sellerOf(id).truth.claims.flatMap(({ referenceIds, unitValue, orderId }) =>
        [...referenceIds, ...(orderId ? [orderId] : [])].map(
          (reference) => [reference, unitValue] as const,
        ),
      ),
    );
    for (const { finding, reference } of look(sellerOf(id))) {
      const unit = values.get(finding.subject.orderId ?? reference) ?? null;
      expect(finding.value.perUnit).toEqual(unit);
      expect(finding.value.total).toEqual(unit && times(unit, finding.quantity));
    }
  });
});

it('given all of them, then each tier has something to do', () => {
  const tiers = Object.values(world).flatMap((seller) =>
    look(seller).map(({ finding }) => finding.tier),
  );
  expect(new Set(tiers)).toEqual(new Set(['auto', 'prompt', 'manual']));
});
