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
 * Share of the calls that fail in a storm. Two reports of one window that end CANCELLED are how Amazon says that there are
 * no data, whatever their reason: the storm leaves that to chance no more than `cancelled` below does, which strikes first
 * reports only.
 */
const storm = (seed: number): (Fault | Storm)[] => [
  { profile: 'storm', seed, share: 0.2, without: ['cancelled'] },
  { operation: 'createReport', mode: 'cancelled', times: 2 },
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
    {
      name: 'CANCELLED with data',
      faults: at(['createReport'], { mode: 'cancelled', times: 3 }),
    },
    { name: 'storm', faults: storm(seed) },
    { name: 'kill -9', faults: [], kills: true },
    { name: 'kill -9 in a storm', faults: storm(seed + 1), kills: true },
  ];
}
