// `npm run chaos`, `npm run bench` and `npm run simulate`: what is too slow, or too dependent on timing, for `npm test`.
// `npm run train`: the model that scores claims, its card and its picture.
// `npm run deploy`: the secrets of an installation of one's own.
// `npm run amazon`: what needs credentials of one's own. `npm run events`: an operator's hands on the log.
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
  events: [process.execPath, [`${ROOT}infra/operator/dist/main.js`, ...rest]],
  deploy: [process.execPath, [`${ROOT}infra/deploy/dist/main.js`, ...rest]],
  amazon: [process.execPath, [`${ROOT}services/ingestion/dist/amazon-command.js`, ...rest]],
};

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
const { code } = await run(...command, { asks: what === 'amazon', env, ends: what === 'events' });
process.exit(code);
