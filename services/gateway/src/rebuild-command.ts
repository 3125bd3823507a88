import { openEventStore } from '@recoup/event-store';
import { rebuildProjection } from '@recoup/projections';
import { databaseUrl, openProgress, Output, runCommand } from '@recoup/service-kit';
import { z } from 'zod';
import { openOwnerPool } from './adapters/owner-pool.js';
import { projections } from './projections/index.js';

const NAMES = projections.map(({ name }) => name);

const USAGE = `usage: npm run events -- rebuild (--all | NAME...) [--json]

Folds read models anew from the log, one after the other, each beside the live one, and puts it in its place at once. The product
goes on meanwhile: readers see all of the old rows or all of the new ones. Rows that were stuck are folded anew, too.

  NAME    ${NAMES.join(', ')}
  --all   all of them
  --json  a line of JSON for each, and its progress on stderr

Interrupted, it leaves the live one as it was.
It is the database of a running \`npm start\`, or the one that MIGRATE_DATABASE_URL names with the role that owns its tables.
`;

const schema = z
  .object({
    words: z.array(z.enum(NAMES, { error: `one of ${NAMES.join(', ')}` })),
    all: z.boolean().default(false),
    json: z.boolean().default(false),
  })
  .refine(({ words, all }) => all === (words.length === 0), {
    error: 'name the read models to rebuild, or --all',
  });

await runCommand({
  usage: USAGE,
  options: { all: { type: 'boolean' }, json: { type: 'boolean' } },
  schema,
  async run({ words, all, json }, signal) {
    const pool = openOwnerPool(databaseUrl(process.env, 'MIGRATE_DATABASE_URL'));
    const store = openEventStore(pool);
    const output = new Output();
    try {
      for (const projection of projections) {
        if (!all && !words.includes(projection.name)) continue;
        const progress = openProgress({ label: projection.name, unit: 'events', json });
        const begun = performance.now();
        const { events } = await rebuildProjection({
          ...{ pool, store, projection, signal },
          onProgress: (done, total) => progress.show(done, total),
        });
        progress.end();
        const seconds = (performance.now() - begun) / 1000;
        const told = { rebuilt: projection.name, events, seconds: Number(seconds.toFixed(3)) };
        const rate = Math.round(events / seconds).toLocaleString('en-US');
        await output.line(
          json ? told : `${projection.name} is rebuilt: ${events} events, ${rate} a second.`,
        );
      }
      return 0;
    } catch (error) {
      if (!signal.aborted) throw error;
      process.stderr.write('\nInterrupted: the live read model is as it was.\n');
      return 130;
    } finally {
      await pool.end();
    }
  },
});
