import { inspect } from 'node:util';
import type { Log } from '../log.js';

/** A log that keeps what it is given, to be searched for what must not be in it. */
export function recordingLog(): { readonly log: Log; readonly logged: () => string } {
  const lines: string[] = [];
  const note = (...given: unknown[]): void => void lines.push(inspect(given, { depth: 8 }));
  const log = {
    trace: note,
    debug: note,
    info: note,
    warn: note,
    error: note,
    fatal: note,
    child: () => log,
  };
  return { log: log as unknown as Log, logged: () => lines.join('\n') };
}
