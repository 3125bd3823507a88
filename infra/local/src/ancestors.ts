import { readFileSync } from 'node:fs';
import { identify, isAlive, parentOf, type ProcessIdentity } from './process-identity.js';

/**
 * The processes between this one and the npm that runs it, npm included; empty when no npm does. Between them may be a
 * shell that lives on when npm is killed, so that the parent alone does not tell.
 */
export function npmAncestors(
  environment: Readonly<Record<string, string | undefined>>,
): readonly ProcessIdentity[] {
  if (!environment['npm_lifecycle_event']) return [];
  const chain: ProcessIdentity[] = [];
  for (
    let pid: number | null = process.ppid;
    pid !== null && pid > 1 && chain.length < 5;
    pid = parentOf(pid)
  ) {
    chain.push(identify(pid));
    if (commandOf(pid).includes('npm')) return chain;
  }
  return chain.slice(0, 1);
}

/** True while all of them live. */
export function allAlive(processes: readonly ProcessIdentity[]): boolean {
  return processes.every(isAlive);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
