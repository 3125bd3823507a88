import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describeMachine } from './machine.js';
import { measure } from './measure.js';
import { report, section, type Measured } from './report.js';
import { startServers } from './servers.js';
import type { WorkloadFile } from './workload.js';
import { append } from './workloads/append.js';
import { appendToByte } from './workloads/append-to-byte.js';
import { consumer, recoveries } from './workloads/consumer.js';
import { detect, detectMillion } from './workloads/detect.js';
import { fanOut } from './workloads/fan-out.js';
import { manyStreams } from './workloads/many-streams.js';
import { hotStream } from './workloads/hot-stream.js';
import { ingest, ingestMillion } from './workloads/ingest.js';
import { openTransaction } from './workloads/open-transaction.js';
import { projectionCatchUp } from './workloads/projection.js';
import { read } from './workloads/read.js';
import { rebuild } from './workloads/rebuild.js';
import { relay } from './workloads/relay.js';
import { status } from './workloads/status.js';
import { sseEngine } from './workloads/sse-engine.js';

const FILES: Readonly<Record<string, WorkloadFile>> = {
  append,
  'hot-stream': hotStream,
  read,
  'open-transaction': openTransaction,
  relay,
  consumer,
  recoveries,
  projection: projectionCatchUp,
  rebuild,
  'sse-engine': sseEngine,
  'fan-out': fanOut,
  'append-to-byte': appendToByte,
  status,
  ingest,
  detect,
};
/** What runs only when it is named. */
const LONG: Readonly<Record<string, WorkloadFile>> = {
  'ingest-million': ingestMillion,
  'detect-million': detectMillion,
  'many-streams': manyStreams,
};
const RUN = { repetitions: 5, seconds: 1.5 } as const;

/** The page that a run replaces: of everything, or of one workload that runs by itself. Others are only printed. */
function pageOf(names: readonly string[]): string | null {
  const [name] = names;
  if (name === undefined) return 'RESULTS.md';
  return names.length === 1 && name in LONG ? `RESULTS-${name}.md` : null;
}

/** `npm run bench`, or `node infra/bench/dist/main.js [name…]`. */
async function main(names: readonly string[]): Promise<void> {
  const known = { ...FILES, ...LONG };
  const unknown = names.find((name) => !(name in known));
  if (unknown !== undefined)
    throw new Error(`no workload ${unknown}; there are ${Object.keys(known).join(', ')}`);
  const [before = Number.NaN] = loadavg();
  await using servers = await startServers();
  const machine = await describeMachine(servers.postgresVersion);
  const measured: Measured[] = [];
  for (const name of names.length > 0 ? names : Object.keys(FILES)) {
    for (const workload of (await known[name]?.(servers)) ?? []) {
      const done = { workload, results: await measure(workload, RUN) };
      measured.push(done);
      console.log(section(done));
    }
  }
  const page = pageOf(names);
  if (page === null) return;
  const [after = Number.NaN] = loadavg();
  const file = fileURLToPath(new URL(`../${page}`, import.meta.url));
  await writeFile(
    file,
    report({ load: { before, after }, machine, ...RUN, measured, workloads: Object.keys(known) }),
  );
  console.log(`Written to ${file}`);
}

await main(process.argv.slice(2));
