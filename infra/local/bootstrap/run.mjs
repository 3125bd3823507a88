// `npm run chaos`, `npm run bench` and `npm run simulate`: what is too slow, or too dependent on timing, for `npm test`.
// `npm run train`: the model that scores claims, its card and its picture.
// `npm run deploy`: the secrets of an installation of one's own.
// `npm run amazon`: what needs credentials of one's own. `npm run events`: what is done over with what is stored.
import { prepare, ROOT, run } from './install.mjs';

const [what, ...rest] = process.argv.slice(2);
const COMMANDS = {
  chaos: [
    process.execPath,
    [`${ROOT}node_modules/vitest/vitest.mjs`, 'run', '--config', 'vitest.chaos.config.ts', ...rest],
  ],
  bench: [process.execPath, [`${ROOT}infra/bench/dist/main.js`, ...rest]],
  train: [process.execPath, [`${ROOT}infra/model/dist/main.js`, ...rest]],
  simulate: [process.execPath, [`${ROOT}infra/bench/dist/limits/main.js`, ...rest]],
  events: [process.execPath, eventsCommand(rest)],
  deploy: [process.execPath, [`${ROOT}infra/deploy/dist/main.js`, ...rest]],
  amazon: [process.execPath, [`${ROOT}services/ingestion/dist/amazon-command.js`, ...rest]],
};

/** Each in the service that owns the work. Without a known one the first says how it is used. */
function eventsCommand([task, ...options]) {
  if (task === 'rebuild') return [`${ROOT}services/gateway/dist/rebuild-command.js`, ...options];
  if (task === 'calibration') {
    return [`${ROOT}services/detection/dist/calibration-command.js`, ...options];
  }
  if (task === 'rotate-keys') {
    return [`${ROOT}infra/migrate/dist/rotate-keys-command.js`, ...options];
  }
  const known = task === 'reprocess' ? options : ['--help'];
  return [`${ROOT}services/detection/dist/reprocess-command.js`, ...known];
}

/** The database of what `npm start` runs here; nothing where nothing does, or where another one is named. */
async function databaseOfStart() {
  const { environmentOfEvents } = await import('../dist/index.js');
  return environmentOfEvents(process.env);
}

const command = COMMANDS[what];
if (!command) {
  console.error(`usage: run.mjs ${Object.keys(COMMANDS).join('|')}`);
  process.exit(2);
}
await prepare();
const env = what === 'events' ? await databaseOfStart() : {};
const { code } = await run(...command, { asks: what === 'amazon', env });
process.exit(code);
