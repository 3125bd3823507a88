import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { BenchServers } from './workload.js';

/** Starts a program of the bench as a process of its own, which is gone before what it stands on. `name` as under `dist/`. */
export function startChild(
  bench: BenchServers,
  name: string,
  args: readonly string[] = [],
): ChildProcess {
  const child = fork(new URL(`./${name}.js`, import.meta.url), args);
  bench.onEnd(async () => {
    if (child.exitCode !== null) return;
    child.kill();
    await once(child, 'exit');
  });
  return child;
}

/** Starts one that serves HTTP and tells where; answers it with its origin. */
export async function startServer(
  bench: BenchServers,
  name: string,
  args: readonly string[] = [],
): Promise<{ readonly server: ChildProcess; readonly origin: string }> {
  const server = startChild(bench, name, args);
  const [{ port }] = (await once(server, 'message')) as [AddressInfo];
  return { server, origin: `http://127.0.0.1:${port}` };
}
