import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** A program that is kept running. */
export interface ChildSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: a child gets only what it needs. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly stopSignal?: NodeJS.Signals;
}

/**
 * Starts a child that leads a process group of its own, so that Ctrl-C in the terminal reaches only the launcher, which
 * then stops children in their order. Output goes to a file: a full or closed pipe can never stall a child.
 */
export function startChild(spec: ChildSpec, logFolder: string): ChildProcess {
  mkdirSync(logFolder, { recursive: true });
  const log = openSync(join(logFolder, `${spec.name}.log`), 'a');
  try {
    return spawn(spec.command, [...spec.args], {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...spec.env },
      ...(spec.cwd !== undefined && { cwd: spec.cwd }),
      ...(spec.user && { uid: spec.user.uid, gid: spec.user.gid }),
    });
  } finally {
    closeSync(log);
  }
}
