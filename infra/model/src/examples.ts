import type { ClaimSubtype, Coverage, LedgerFact } from '@recoup/contracts';
import {
  detectors,
  examineProduct,
  featureNames,
  NO_COSTS,
  openCatalogue,
  type Context,
  type SyncCoverage,
} from '@recoup/detection';
import { daysBetween } from '@recoup/kernel';
import { openDesk, type Desk, type Packet, type World } from '@recoup/sandbox';
import { productsOf } from './read/products.js';
import { readFacts, type Reading } from './read/reading.js';

/** One claim that was found and decided: what the model sees of it, and what became of it. */
export interface Example {
  readonly subtype: ClaimSubtype;
  /** In the order of `featureNames`. */
  readonly features: readonly number[];
  readonly approved: boolean;
}

type Finding = ReturnType<typeof examineProduct>['findings'][number];

/** What today's detectors find in a seller's reports, read that way, each finding decided by a desk over the true world. */
export function examplesOf(world: World, reading: Reading, desk: Desk): Example[] {
  const facts = readFacts(world, reading);
  const cases = openDesk(world, desk);
  const context = contextOf(world, reading);
  const rows = new Map(facts.ledger.map(({ key, data }) => [key, data]));
  return productsOf(facts)
    .flatMap((product) => examineProduct(product, detectors, context).findings)
    .map((finding) => ({
      subtype: finding.subtype,
      features: featuresOf(finding),
      approved: cases.decide(packetOf(finding, { rows, asOf: context.asOf })).approved,
    }));
}

function contextOf({ seller, calendar }: World, reading: Reading): Context {
  const whole: Coverage = { state: 'complete', from: null, to: null };
  const inPart: Coverage = { ...whole, state: 'partial' };
  const coverage: SyncCoverage = {
    ...Object.fromEntries(SOURCES.map((source) => [source, whole])),
    reimbursements: reading.unreadPayments > 0 ? inPart : whole,
  };
  return {
    tenantId: seller.id,
    asOf: new Date(calendar.endMs),
    coverage,
    costs: NO_COSTS,
    lostReturns: new Map(),
    catalogue: openCatalogue(),
    assertions: [],
  };
}

/** The sources that are read here; what needs another one finds nothing. */
const SOURCES = [
  ...(['ledger', 'reimbursements', 'returns', 'replacements'] as const),
  ...(['removalOrders', 'removalShipments', 'storageFees', 'agedStorageFees'] as const),
  'feePreview' as const,
];

function featuresOf({ score }: Finding): number[] {
  const values = new Map(score.contributions.map(({ feature, value }) => [feature, value]));
  return featureNames.map((name) => values.get(name) ?? 0);
}

interface Papers {
  readonly rows: ReadonlyMap<string, LedgerFact>;
  readonly asOf: Date;
}

/** The case as it would be laid before the desk: from the rows that it rests on, and nothing from its score. */
function packetOf(finding: Finding, { rows, asOf }: Papers): Packet {
  const { subtype, subject, lossDay, quantity, value, allocation, sources, deadline } = finding;
  const shown = sources.flatMap(({ key }) => rows.get(key) ?? []);
  const [first] = shown;
  const { orderId, shipmentId, removalOrderId, reimbursementId } = subject;
  const ids = [orderId, shipmentId, removalOrderId, reimbursementId].filter((id) => id !== null);
  const today = asOf.toISOString().slice(0, 10);
  const open = Math.abs(first?.unreconciledQuantity ?? 0);
  return {
    subtype,
    fnsku: subject.fnsku,
    names: [...shown.map(({ referenceId }) => referenceId), ...ids],
    units: quantity,
    lossDay,
    ageDays: daysBetween(lossDay, today),
    daysLeft: daysBetween(today, deadline),
    quotedOpen: Math.min(open, quantity) / quantity,
    showsAmount: value.total !== null,
    places: new Set(allocation.map(({ facility }) => facility)).size,
    isWhole: shown.some((row) => row.quantity < 0) && shown.some((row) => row.quantity > 0),
    tied: ids.length > 0 ? 1 : 0,
    sellable: !first || first.disposition === 'SELLABLE',
  };
}
