import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { stopLeftovers } from './run-file.js';

/**
 * A process that outlives the launcher by a moment: it holds the reading end of a pipe whose other end only the launcher
 * has. However the launcher ends, the kernel closes the pipe, and the guardian stops what the run file still lists.
 */
export function startGuardian(runFile: string): Writable {
  const quiet = openSync('/dev/null', 'a');
  const child = spawn(
    process.execPath,
    [fileURLToPath(import.meta.url), runFile, String(process.pid)],
    {
      detached: true,
      stdio: ['pipe', quiet, quiet],
    },
  );
  child.unref();
  return child.stdin as Writable; // a pipe, by the options above
}

/** Waits for the end of the launcher, then stops what it left. */
async function guard(runFile: string, launcher: number): Promise<void> {
  // Ctrl-C in a terminal and a stop of the launcher are not the guardian's: it goes last.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => undefined);
  process.stdin.resume();
  await new Promise((resolve) => process.stdin.once('close', resolve));
  await stopLeftovers(runFile, launcher);
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[3]) {
  await guard(process.argv[2] as string, Number(process.argv[3]));
}
