import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, startGuardian, writeRun, type ProcessIdentity } from '@recoup/local';

/** A child of a test, with the signal that asks it to end. */
export interface GuardedChild extends ProcessIdentity {
  readonly name: string;
  readonly stopSignal: NodeJS.Signals;
}

interface CrashGuard {
  readonly runFile: string;
  readonly children: Set<GuardedChild>;
}

let guard: CrashGuard | undefined;

/**
 * Has a child stopped when this process ends without stopping it: a test run that crashes, is killed or forgets to
 * dispose leaves no server behind. Answers how to take the child out again after it was stopped.
 */
export function guardChild(child: GuardedChild): () => void {
  guard ??= openGuard();
  const { runFile, children } = guard;
  children.add(child);
  write(guard);
  return () => {
    children.delete(child);
    write({ runFile, children });
  };
}

/**
 * One guardian per process: it wakes when the kernel closes our end of its pipe, however we ended. It removes the file
 * then; a file and not a folder, since a killed process could not remove a folder.
 */
function openGuard(): CrashGuard {
  const runFile = join(tmpdir(), `recoup-guard-${randomBytes(12).toString('hex')}.json`);
  const opened: CrashGuard = { runFile, children: new Set() };
  write(opened);
  startGuardian(runFile);
  process.once('exit', () => {
    if (opened.children.size === 0) rmSync(runFile, { force: true });
  });
  return opened;
}

function write({ runFile, children }: CrashGuard): void {
  writeRun(runFile, {
    launcher: identify(process.pid),
    url: null,
    database: null,
    children: [...children],
  });
}
