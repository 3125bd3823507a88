import { marketplaceOfCountry, marketplaces, marketplacesOf, type Network } from '@recoup/domain';
import type { LedgerRow, ProductFacts } from './facts.js';
import { shipmentCharges } from './inbound/shipment-charges.js';
import { isReceipt } from './inbound/shipment-lines.js';
import { movementOf } from './warehouse/ledger-codes.js';

export interface NetworkFacts {
  readonly network: Network;
  readonly facts: ProductFacts;
}

export interface SplitFacts {
  readonly networks: readonly NetworkFacts[];
  /** Losing rows whose country names no marketplace: nothing can be said about them. */
  readonly unplaced: number;
}

/**
 * The facts of a product by the network of warehouses they happened in: units lost in one country's network are not found
 * in another's. What names no country goes to the network that is paid in its currency; with none, or with several, to the
 * first that has a ledger, so that each is used once and none is overlooked.
 */
export function byNetwork(facts: ProductFacts): SplitFacts {
  const rows = new Map<Network, LedgerRow[]>();
  let unplaced = 0;
  for (const row of facts.ledger) {
    const network = marketplaceOfCountry(row.data.country)?.network;
    if (network === undefined) unplaced += takesUnits(row) ? 1 : 0;
    else push(rows, network, row);
  }
  const stocked = rows.size > 0 ? [...rows.keys()].sort() : networksPaidIn(facts);
  const received = networksSentTo(facts);
  const present = [...new Set([...stocked, ...[...received.values()].sort()])];
  const sentTo = new Map([...networksChargedIn(facts, present), ...received]);
  const networks = present.map((network) => ({
    network,
    facts: {
      ...factsIn(network, facts, present),
      ...shipmentsIn(network, facts, { present, sentTo }),
      ledger: rows.get(network) ?? [],
    },
  }));
  return { networks, unplaced };
}

function factsIn(network: Network, facts: ProductFacts, present: readonly Network[]): ProductFacts {
  const paidHere = <T extends { readonly data: { readonly currency: string | null } }>(
    rows: readonly T[],
  ) => rows.filter(({ data }) => networkOf(data.currency, present) === network);
  const paidIn = new Map(facts.removalOrders.map(({ data }) => [data.orderId, data.currency]));
  const isFirst = network === present[0];
  const first = <T>(rows: readonly T[]): readonly T[] => (isFirst ? rows : []);
  const inCountry = <T extends { readonly data: { readonly country: string } }>(
    rows: readonly T[],
  ) => rows.filter(({ data }) => marketplaceOfCountry(data.country)?.network === network);
  return {
    ledger: [],
    reimbursements: paidHere(facts.reimbursements),
    returns: first(facts.returns),
    removalOrders: paidHere(facts.removalOrders),
    removalShipments: facts.removalShipments.filter(
      ({ data }) => networkOf(paidIn.get(data.orderId) ?? null, present) === network,
    ),
    inboundItems: [],
    inboundShipments: [],
    shipmentMates: [],
    mateReceipts: [],
    transactions: facts.transactions.filter(
      ({ data }) => networkOf(data.total?.currency ?? null, present) === network,
    ),
    storageFees: inCountry(facts.storageFees),
    agedStorageFees: inCountry(facts.agedStorageFees),
    feePreviews: paidHere(facts.feePreviews),
    feeEstimates: facts.feeEstimates.filter(({ data }) =>
      marketplacesOf(network).some(({ id }) => id === data.marketplaceId),
    ),
  };
}

/** Where shipments were received, of whatever product: a shipment itself names no country that it goes to. */
function networksSentTo({ ledger, mateReceipts }: ProductFacts): ReadonlyMap<string, Network> {
  const networks = new Map<string, Network>();
  for (const { data } of [...ledger, ...mateReceipts].filter(isReceipt)) {
    const network = marketplaceOfCountry(data.country)?.network;
    if (network !== undefined) networks.set(data.referenceId, network);
  }
  return networks;
}

/** Where what was charged for shipments is paid: all that tells of one that was called off. */
function networksChargedIn(
  facts: ProductFacts,
  present: readonly Network[],
): ReadonlyMap<string, Network> {
  return new Map(
    shipmentCharges(facts).flatMap(({ shipmentId, money }) => {
      const network = networkOf(money.currency, present);
      return network === undefined ? [] : [[shipmentId, network] as const];
    }),
  );
}

/** The shipments of a network. One that was neither received nor charged for is with the first. */
function shipmentsIn(
  network: Network,
  facts: ProductFacts,
  {
    present,
    sentTo,
  }: { readonly present: readonly Network[]; readonly sentTo: ReadonlyMap<string, Network> },
) {
  const here = (shipmentId: string) => (sentTo.get(shipmentId) ?? present[0]) === network;
  const own = <T extends { readonly data: { readonly shipmentId: string } }>(rows: readonly T[]) =>
    rows.filter(({ data }) => here(data.shipmentId));
  return {
    inboundItems: own(facts.inboundItems),
    inboundShipments: own(facts.inboundShipments),
    shipmentMates: own(facts.shipmentMates),
    mateReceipts: facts.mateReceipts.filter(({ data }) => here(data.referenceId)),
  };
}

/** Where a product without a ledger is: by the currencies of what is known of it. */
function networksPaidIn(facts: ProductFacts): readonly Network[] {
  const currencies = new Set(
    [
      ...facts.reimbursements,
      ...facts.storageFees,
      ...facts.removalOrders,
      ...facts.feePreviews,
      ...facts.transactions.map(({ data }) => ({ data: { currency: data.total?.currency } })),
    ].map(({ data }) => data.currency),
  );
  const paid = marketplaces.filter(({ currency }) => currencies.has(currency));
  return [...new Set(paid.map(({ network }) => network))].sort().slice(0, 1);
}

function networkOf(currency: string | null, present: readonly Network[]): Network | undefined {
  const paid = present.find((network) =>
    marketplacesOf(network).some((marketplace) => marketplace.currency === currency),
  );
  return paid ?? present[0];
}

function push(rows: Map<Network, LedgerRow[]>, network: Network, row: LedgerRow): void {
  const list = rows.get(network);
  if (list) list.push(row);
  else rows.set(network, [row]);
}

function takesUnits({ data }: LedgerRow): boolean {
  const movement = movementOf(data);
  return data.quantity < 0 && (movement === 'lost' || movement === 'damaged');
}
