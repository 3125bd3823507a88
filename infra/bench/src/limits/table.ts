import type { Outcome } from './outcome.js';

/** Operations that a sync waits for; the others are a handful of calls, or none that has a limit. */
const LIMITED = [
  'searchOrders',
  'getOrders',
  'getOrderItems',
  'listTransactions',
  'listFinancialEvents',
  'createReport',
  'getReports',
  'getReportDocument',
  'getMyFeesEstimates',
] as const;

export interface SimulatedRoute extends Outcome {
  /** What was asked for: `auto`, or the route that was forced. */
  readonly asked: string;
}

/** Simulated syncs as Markdown. */
export function limitsTable(rows: readonly SimulatedRoute[]): string {
  const head = [
    'orders',
    'route',
    'orders by, transactions by',
    'calls',
    '429',
    'duration',
    'optimum',
    'duration / optimum',
    'forecast at 25 % / truth',
  ];
  const lines = rows.map((row) =>
    [
      row.orders.toLocaleString('en-US'),
      row.asked,
      [row.routes['orders'], row.routes['transactions']].join(', '),
      callWords(row),
      throttledWords(row),
      duration(row.seconds),
      duration(row.optimum),
      (row.seconds / row.optimum).toFixed(3),
      row.forecast.toFixed(2),
    ].join(' | '),
  );
  return [
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---').join('|')}|`,
    ...lines.map((line) => `| ${line} |`),
  ].join('\n');
}

function callWords({ calls }: Outcome): string {
  return LIMITED.filter((operation) => calls.has(operation))
    .map((operation) => `${operation} ${(calls.get(operation) ?? 0).toLocaleString('en-US')}`)
    .join(', ');
}

function throttledWords({ throttled }: Outcome): string {
  const words = [...throttled].map(([operation, calls]) => `${operation} ${calls}`);
  return words.join(', ') || '0';
}

function duration(seconds: number): string {
  if (seconds < 3600) return `${(seconds / 60).toFixed(1)} min`;
  return seconds < 172_800
    ? `${(seconds / 3600).toFixed(2)} h`
    : `${(seconds / 86_400).toFixed(2)} d`;
}
