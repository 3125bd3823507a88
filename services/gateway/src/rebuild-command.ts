import { openEventStore } from '@recoup/event-store';
import { rebuildProjection } from '@recoup/projections';
import { openOwnerPool } from './adapters/owner-pool.js';
import { projections } from './projections/index.js';

const NAMES = projections.map(({ name }) => name);

const USAGE = `usage: npm run events -- rebuild ${NAMES.join('|')}

Folds a read model anew from the log, beside the live one, and puts it in its place at once. The product goes on meanwhile.
It is the database of a running \`npm start\`, or the one that MIGRATE_DATABASE_URL names with the role that owns its tables.
`;

const NO_DATABASE =
  'There is no database to work on: start the product with `npm start`, or set MIGRATE_DATABASE_URL.\n';

/** 0: done; 2: it could not be tried. */
async function main([name]: readonly string[]): Promise<number> {
  const projection = projections.find((candidate) => candidate.name === name);
  const url = process.env['MIGRATE_DATABASE_URL'];
  if (!projection) {
    process.stderr.write(`No such read model\n\n${USAGE}`);
    return 2;
  }
  if (!url) {
    process.stderr.write(NO_DATABASE);
    return 2;
  }
  const pool = openOwnerPool(url);
  let percent = -1;
  const onProgress = (done: number, total: number): void => {
    const now = Math.floor((done / total) * 100);
    if (now > percent) process.stderr.write(`${now} %\n`);
    percent = now;
  };
  try {
    await rebuildProjection({ pool, store: openEventStore(pool), projection, onProgress });
    process.stdout.write(`${projection.name} is rebuilt.\n`);
    return 0;
  } finally {
    await pool.end();
  }
}

process.exitCode = await main(process.argv.slice(2));
