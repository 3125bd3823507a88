import type { Fault, Storm } from '../../../services/ingestion/src/testing/simulated-amazon.js';

/** What strikes in a round, beside what is killed. */
export interface FaultRound {
  readonly name: string;
  readonly faults: readonly (Fault | Storm)[];
  /** Kills ingestion with SIGKILL again and again, a few seconds after each start. */
  readonly kills?: true;
}

/** Lists that go on by page tokens. Orders are cut into windows of one page, so that theirs are not used. */
const LISTS = ['listTransactions', 'getInventorySummaries'] as const;
const READS = ['getOrderMetrics', 'searchOrders', ...LISTS, 'getShipments', 'getReport'] as const;
const ASKS = ['createReport', 'getMyFeesEstimates'] as const;
const OPERATIONS = [...READS, ...ASKS, 'getReportDocument'] as const;
const PLACES = [...OPERATIONS, 'token', 'document'] as const;

type Places = readonly Fault['operation'][];
type Kind = Omit<Fault, 'operation'>;

const at = (places: Places, kind: Kind): Fault[] =>
  places.map((operation) => ({ ...kind, operation }));

/**
 * Reports that end CANCELLED although there are data, one of a type: two of one window are how Amazon says that there are
 * none, whatever their reason, and a window that is asked for again must not be struck again.
 */
const cancelled = [
  'GET_LEDGER_DETAIL_VIEW_DATA',
  'GET_FBA_REIMBURSEMENTS_DATA',
  'GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA',
].map((reportType): Fault => ({
  operation: 'createReport',
  mode: 'cancelled',
  times: 1,
  reportType,
}));

/** Share of the calls that fail in a storm, which leaves CANCELLED to chance no more than the round of it does. */
const storm = (seed: number): (Fault | Storm)[] => [
  { profile: 'storm', seed, share: 0.2, without: ['cancelled'] },
  ...cancelled,
];

/** A round for each kind of failure, then all of them together, then with the process killed, then both. */
export function faultRounds(seed: number): FaultRound[] {
  return [
    { name: '500 bursts', faults: at(PLACES, { status: 500, times: 2 }) },
    { name: '503 bursts', faults: at(PLACES, { status: 503, times: 3 }) },
    { name: '429 bursts', faults: at(OPERATIONS, { status: 429, times: 3 }) },
    { name: 'resets', faults: at(PLACES, { mode: 'reset', times: 2 }) },
    {
      name: 'resets in the body',
      faults: at([...OPERATIONS, 'document'], { mode: 'reset_body', times: 2 }),
    },
    {
      name: 'slow bodies',
      faults: at([...OPERATIONS, 'document'], { mode: 'slow_body', seconds: 2, times: 2 }),
    },
    { name: 'torn gzip', faults: at(['document'], { mode: 'truncated', times: 2 }) },
    { name: 'repeated pages', faults: at(LISTS, { mode: 'repeated_page', times: 2 }) },
    { name: 'empty pages', faults: at(LISTS, { mode: 'empty_page', times: 2 }) },
    { name: 'expired page tokens', faults: at(LISTS, { mode: 'expired_page', times: 1 }) },
    {
      name: 'expired documents',
      faults: at(['getReportDocument'], { mode: 'expired_document', times: 2 }),
    },
    { name: 'FATAL reports', faults: at(['createReport'], { mode: 'fatal', times: 2 }) },
    { name: 'CANCELLED with data', faults: cancelled },
    { name: 'storm', faults: storm(seed) },
    { name: 'kill -9', faults: [], kills: true },
    { name: 'kill -9 in a storm', faults: storm(seed + 1), kills: true },
  ];
}
