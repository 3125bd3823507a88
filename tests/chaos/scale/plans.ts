import { readFileSync } from 'node:fs';
import { z } from 'zod';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string | undefined;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number | undefined;
  readonly 'Rows Removed by Index Recheck'?: number | undefined;
  readonly Plans?: readonly PlanNode[] | undefined;
}

const nodeSchema: z.ZodType<PlanNode> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    'Actual Rows': z.number(),
    'Actual Loops': z.number(),
    'Rows Removed by Filter': z.number().optional(),
    'Rows Removed by Index Recheck': z.number().optional(),
    Plans: z.array(nodeSchema).optional(),
  }),
);
const entrySchema = z.object({ 'Query Text': z.string(), Plan: nodeSchema });

/** A statement that ran, and what it touched. */
export interface RanQuery {
  /** Its text in one line. */
  readonly text: string;
  /** How often it ran. */
  runs: number;
  /** Rows that it read from tables and indexes in its worst run, those included that it passed over. */
  rows: number;
  /** Tables that it read from one end to the other. */
  readonly scanned: Set<string>;
}

/** Statements to make a database tell its log every plan, with what it really touched. They hold for new connections. */
export const TELL_PLANS: readonly string[] = [
  `set session_preload_libraries = 'auto_explain'`,
  'set auto_explain.log_min_duration = 0',
  'set auto_explain.log_analyze = on',
  'set auto_explain.log_timing = off',
  'set auto_explain.log_nested_statements = on',
  'set auto_explain.log_format = json',
];

/** Reads the plans that a server has written to its log since it was so many bytes long, by statement. */
export function plansIn(logFile: string, from: number): RanQuery[] {
  const log = readFileSync(logFile).subarray(from).toString();
  const byText = new Map<string, RanQuery>();
  for (const [, json = ''] of log.matchAll(/ plan:\n\t?(\{\n(?:\t.*\n)*)/g)) {
    const { 'Query Text': query, Plan } = entrySchema.parse(JSON.parse(json));
    const text = query.replace(/\s+/g, ' ').trim();
    const ran = byText.get(text) ?? { text, runs: 0, rows: 0, scanned: new Set<string>() };
    byText.set(text, ran);
    ran.runs += 1;
    const nodes = [...nodesOf(Plan)];
    ran.rows = Math.max(
      ran.rows,
      nodes.map(rowsRead).reduce((sum, rows) => sum + rows, 0),
    );
    for (const { 'Node Type': type, 'Relation Name': table } of nodes) {
      if (type === 'Seq Scan' && table !== undefined) ran.scanned.add(table);
    }
  }
  return [...byText.values()];
}

function* nodesOf(node: PlanNode): Generator<PlanNode> {
  yield node;
  for (const child of node.Plans ?? []) yield* nodesOf(child);
}

/** Rows of a node that reads a table or an index; what it hands on or passes over. */
function rowsRead(node: PlanNode): number {
  if (!/Scan$/.test(node['Node Type'])) return 0;
  const passed =
    (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return (node['Actual Rows'] + passed) * node['Actual Loops'];
}
