import type { PacketFact, PacketTable, TableName } from './packet-table.js';
import {
  dayOf,
  decimal,
  factsOf,
  text,
  units,
  type Cell,
  type ColumnName,
} from './packet-table.js';

/** The tables of what Amazon's reports say, one per kind of record that the claim cites. */
export function factTables(facts: readonly PacketFact[]): readonly PacketTable[] {
  return [ledger, shipment, money, returns, replacements, removals, parcels, storage, payments]
    .map((table) => table(facts))
    .filter(({ rows }) => rows.length > 0);
}

type Row = Readonly<Partial<Record<ColumnName, Cell>>>;

/** A table of rows by their columns; a column that no row fills is left out. */
function tableOf(
  name: TableName,
  columns: readonly ColumnName[],
  rows: readonly Row[],
): PacketTable {
  const filled = columns.filter((column) => rows.some((row) => (row[column] ?? null) !== null));
  return { name, columns: filled, rows: rows.map((row) => filled.map((one) => row[one] ?? null)) };
}

const LEDGER = [
  'day',
  'event',
  'reason',
  'units',
  'unreconciled',
  'disposition',
  'centre',
] as const;

function ledger(facts: readonly PacketFact[]): PacketTable {
  const rows = factsOf(facts, 'ledger').map((row) => ({
    day: { day: row.day },
    event: text(row.eventType),
    reason: text(row.reason),
    units: units(row.quantity),
    unreconciled: units(row.unreconciledQuantity),
    disposition: text(row.disposition),
    centre: text(row.fulfillmentCenter),
    fnsku: text(row.fnsku),
    reference: text(row.referenceId),
  }));
  return tableOf('ledger', [...LEDGER, 'fnsku', 'reference'], byDay(rows));
}

/** What was shipped beside what was received; a difference only where Amazon states both. */
function shipment(facts: readonly PacketFact[]): PacketTable {
  const known = new Map(factsOf(facts, 'inboundShipment').map((one) => [one.shipmentId, one]));
  const items = factsOf(facts, 'inboundItem').map((item) => {
    const { quantityShipped: shipped, quantityReceived: received } = item;
    const whole = shipped !== null && received !== null;
    return {
      shipment: text(item.shipmentId),
      status: text(known.get(item.shipmentId)?.status ?? null),
      sku: text(item.sku),
      fnsku: text(item.fnsku),
      shipped: units(shipped),
      received: units(received),
      difference: whole ? units(shipped - received) : null,
    };
  });
  const columns = ['shipment', 'status', 'sku', 'fnsku', 'shipped', 'received'] as const;
  const rows = items.length > 0 ? items : [...known.values()].map(shipmentRow);
  return tableOf('shipment', [...columns, 'difference'], rows);
}

function shipmentRow({ shipmentId, status }: { shipmentId: string; status: string }): Row {
  return { shipment: text(shipmentId), status: text(status) };
}

/** Money that moved, one row per amount: charged, refunded, given back. */
function money(facts: readonly PacketFact[]): PacketTable {
  const rows = factsOf(facts, 'transaction').flatMap((entry) => {
    const about = {
      day: { day: entry.postedDay },
      event: text(entry.type),
      order: text(entry.orderId),
    };
    const ofItems = entry.items.flatMap(({ sku, quantity, amounts }) =>
      amounts.map((amount) => ({ sku: text(sku), units: units(quantity), ...amountCells(amount) })),
    );
    return [...ofItems, ...entry.amounts.map(amountCells)].map((row) => ({ ...about, ...row }));
  });
  const columns = ['day', 'event', 'order', 'sku', 'units', 'kind', 'amount'] as const;
  return tableOf('money', columns, byDay(rows));
}

function amountCells({ type, ...amount }: { type: string; amount: string; currency: string }): Row {
  return { kind: text(type), amount: { money: amount } };
}

function returns(facts: readonly PacketFact[]): PacketTable {
  const rows = factsOf(facts, 'customerReturn').map((row) => ({
    day: dayOf(row.returnedAt),
    order: text(row.orderId),
    sku: text(row.sku),
    units: units(row.quantity),
    disposition: text(row.disposition),
    reason: text(row.reason),
    centre: text(row.fulfillmentCenter),
    licensePlate: text(row.licensePlateNumber),
  }));
  const columns = ['day', 'order', 'sku', 'units', 'disposition', 'reason', 'centre'] as const;
  return tableOf('returns', [...columns, 'licensePlate'], byDay(rows));
}

function replacements(facts: readonly PacketFact[]): PacketTable {
  const rows = factsOf(facts, 'replacement').map((row) => ({
    day: dayOf(row.shippedAt),
    order: text(row.originalOrderId),
    replacementOrder: text(row.replacementOrderId),
    sku: text(row.sku),
    units: units(row.quantity),
    reason: text(row.reasonCode),
  }));
  const columns = ['day', 'order', 'replacementOrder', 'sku', 'units', 'reason'] as const;
  return tableOf('replacements', columns, byDay(rows));
}

function removals(facts: readonly PacketFact[]): PacketTable {
  const rows = factsOf(facts, 'removalOrder').map((row) => ({
    day: dayOf(row.requestedAt),
    removalOrder: text(row.orderId),
    kind: text(row.orderType),
    status: text(row.status),
    sku: text(row.sku),
    disposition: text(row.disposition),
    requested: units(row.requestedQuantity),
    cancelled: units(row.cancelledQuantity),
    disposed: units(row.disposedQuantity),
    shipped: units(row.shippedQuantity),
  }));
  const columns = ['day', 'removalOrder', 'kind', 'status', 'sku', 'disposition'] as const;
  const counts = ['requested', 'cancelled', 'disposed', 'shipped'] as const;
  return tableOf('removals', [...columns, ...counts], byDay(rows));
}

function parcels(facts: readonly PacketFact[]): PacketTable {
  const rows = factsOf(facts, 'removalShipment').map((row) => ({
    day: dayOf(row.shippedAt),
    removalOrder: text(row.orderId),
    sku: text(row.sku),
    units: units(row.quantity),
    carrier: text(row.carrier),
    tracking: text(row.trackingNumber),
  }));
  const columns = ['day', 'removalOrder', 'sku', 'units', 'carrier', 'tracking'] as const;
  return tableOf('parcels', columns, byDay(rows));
}

function storage(facts: readonly PacketFact[]): PacketTable {
  const rows = factsOf(facts, 'storageFee').map((row) => ({
    month: text(row.month),
    centre: text(row.fulfillmentCenter),
    units: decimal(row.averageQuantityOnHand),
    volume: decimal(row.itemVolume, row.volumeUnit),
    rate: decimal(row.baseRate, row.currency),
    fee: { money: { amount: row.fee, currency: row.currency } },
  }));
  return tableOf('storage', ['month', 'centre', 'units', 'volume', 'rate', 'fee'], rows);
}

function payments(facts: readonly PacketFact[]): PacketTable {
  const rows = factsOf(facts, 'reimbursement').map((row) => ({
    day: dayOf(row.approvedAt),
    reimbursement: text(row.reimbursementId),
    reason: text(row.reason),
    caseId: text(row.caseId),
    order: text(row.orderId),
    sku: text(row.sku),
    units: units(row.quantityTotal),
    amount: { money: { amount: row.amountTotal, currency: row.currency } },
  }));
  const columns = ['day', 'reimbursement', 'reason', 'caseId', 'order', 'sku'] as const;
  return tableOf('payments', [...columns, 'units', 'amount'], byDay(rows));
}

/** Oldest first; what is of one day keeps its order. */
function byDay<R extends Row>(rows: readonly R[]): readonly R[] {
  const of = ({ day }: Row): string => (day && 'day' in day ? day.day : '');
  return rows.toSorted((a, b) => (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0));
}
