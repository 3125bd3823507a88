import { sleep } from '@recoup/kernel';
import { isAlive, signalGroup, type ProcessIdentity } from './process-identity.js';

export interface StopOptions {
  /** How the process is asked to end: Postgres stops fast on SIGINT, everything else on SIGTERM. */
  readonly signal: NodeJS.Signals;
  /** After this it is killed, in milliseconds. */
  readonly graceMs: number;
}

/** Asks a process group to end, and kills it when it does not. Returns when it is gone. */
export async function stopProcess(
  identity: ProcessIdentity,
  { signal, graceMs }: StopOptions,
): Promise<void> {
  signalGroup(identity, signal);
  const deadline = Date.now() + graceMs;
  while (isAlive(identity)) {
    if (Date.now() > deadline) signalGroup(identity, 'SIGKILL');
    await sleep(30);
  }
  signalGroup(identity, 'SIGKILL'); // members of the group that outlived their leader
}
