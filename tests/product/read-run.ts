import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@recoup/kernel';
import { isAlive, type ProcessIdentity } from '@recoup/local';
import { z } from 'zod';
import type { ProcessName } from './product.js';

const runSchema = z.object({
  children: z.array(
    z.object({ name: z.string(), pid: z.int().positive(), startedAt: z.string().nullable() }),
  ),
});

export class NotRunning extends AppError {
  readonly code = 'NOT_RUNNING';
}

/** The process that runs now under a name, as the launcher last wrote it down. Throws NotRunning. */
export function runningProcess(stateDir: string, name: ProcessName): ProcessIdentity {
  const { children } = runSchema.parse(
    JSON.parse(readFileSync(join(stateDir, 'run.json'), 'utf8')),
  );
  const child = children.find((one) => one.name === name);
  if (!child || !isAlive(child)) throw new NotRunning(`${name} does not run`);
  return child;
}

/** A setting of a running process, as it stands behind a flag of its command line. */
export function flagOf({ pid }: ProcessIdentity, flag: string): string {
  const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  const value = args[args.indexOf(flag) + 1];
  if (!args.includes(flag) || value === undefined)
    throw new NotRunning(`process ${pid} has no ${flag}`);
  return value;
}
