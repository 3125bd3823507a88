import { messageOf, sleep } from '@recoup/kernel';
import { allAlive, npmAncestors } from './ancestors.js';
import { launch } from './launch.js';

/** How often the launcher looks whether the npm that runs it is still there, in milliseconds. */
const NPM_CHECK_MS = 500;

const stopping = new AbortController();
const stop = (): void => stopping.abort();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
// A reader of our output that went away must not end us in the middle of a stop.
process.stdout.on('error', () => undefined);

/** npm that was killed hard tells nobody: its absence must be noticed. */
async function watchNpm(): Promise<void> {
  const ancestors = npmAncestors(process.env);
  if (ancestors.length === 0) return;
  while (allAlive(ancestors) && !stopping.signal.aborted)
    await sleep(NPM_CHECK_MS, stopping.signal);
  stop();
}

async function main(): Promise<void> {
  void watchNpm();
  const launched = await launch({
    environment: process.env,
    fresh: process.argv.includes('--fresh'),
    say: (text) => console.log(text),
    signal: stopping.signal,
  });
  if (!stopping.signal.aborted) {
    console.log(
      `\nRecoup is ready. Open this link (it signs you in once):\n\n  ${launched.link}\n\nCtrl-C stops it.`,
    );
    await new Promise((resolve) =>
      stopping.signal.addEventListener('abort', resolve, { once: true }),
    );
  }
  console.log('Stopping …');
  await launched.stop();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (stopping.signal.aborted) process.exit(0);
    console.error(messageOf(error));
    process.exit(1);
  },
);
