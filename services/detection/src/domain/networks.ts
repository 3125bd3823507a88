import type { KeyFacts, LedgerRow, Payment } from './key-facts.js';
import { movementOf } from './ledger-codes.js';
import { marketplaceOfCountry, marketplacesOf, type Network } from '@recoup/domain';

export interface NetworkFacts extends KeyFacts {
  readonly network: Network;
}

export interface SplitFacts {
  readonly networks: readonly NetworkFacts[];
  /** Losing rows whose country names no marketplace: nothing can be said about them. */
  readonly unplaced: number;
}

/**
 * The facts of one FNSKU by the network of warehouses they happened in: units lost in one country's network are not
 * found in another's. Payments name no place and go to the network that is paid in their currency; with none, or with
 * several, to the first that has a ledger, so that each is used once and none is overlooked.
 */
export function byNetwork({ ledger, reimbursements }: KeyFacts): SplitFacts {
  const rows = new Map<Network, LedgerRow[]>();
  let unplaced = 0;
  for (const row of ledger) {
    const network = marketplaceOfCountry(row.data.country)?.network;
    if (network === undefined) unplaced += takesUnits(row) ? 1 : 0;
    else push(rows, network, row);
  }
  const present = [...rows.keys()].sort();
  const networks = present.map((network) => ({
    network,
    ledger: rows.get(network) ?? [],
    reimbursements: reimbursements.filter((payment) => networkOf(payment, present) === network),
  }));
  return { networks, unplaced };
}

function networkOf({ data }: Payment, present: readonly Network[]): Network | undefined {
  const paid = present.find((network) =>
    marketplacesOf(network).some(({ currency }) => currency === data.currency),
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
