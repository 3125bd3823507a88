import { readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the kernel started it, in clock ticks since boot; null where the system does not tell. */
  readonly startedAt: string | null;
}

/** Fields after the command name, which may itself contain spaces and parentheses. */
function statFields(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

export function identify(pid: number): ProcessIdentity {
  return { pid, startedAt: statFields(pid)?.[19] ?? null };
}

/** The process that started this one; null when it is gone or the system does not tell. */
export function parentOf(pid: number): number | null {
  const parent = statFields(pid)?.[1];
  return parent === undefined ? null : Number(parent);
}

/**
 * True while that very process runs; a zombie does not. A killed process of many threads (nats-server, Postgres, Node)
 * has a zombie for its first thread while the others still end, and until the last one has, its ports stay bound.
 */
export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const fields = statFields(pid);
  if (!fields) return startedAt === null;
  const ended = fields[0] === 'Z' && Number(fields[17]) <= 1;
  return !ended && (startedAt === null || fields[19] === startedAt);
}

/** Signals the whole group that a detached process leads; nothing when it is gone. */
export function signalGroup(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isAlive(identity)) return;
  try {
    process.kill(-identity.pid, signal);
  } catch {
    // ended in between
  }
}
