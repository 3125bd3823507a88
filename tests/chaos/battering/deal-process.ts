import { sleep } from '@recoup/kernel';
import type { ServerProcess } from '@recoup/testkit';
import { z } from 'zod';
import type { ProcessName, Product } from '../../product/index.js';
import { LEASE_SECONDS, type Arena } from './arena.js';
import type { Blow, ServiceName } from './blow.js';

/** SIGKILL to processes, and their return after a while. Answers when they were let come back, by the performance clock. */
export async function killAll(
  arena: Arena,
  { victims, downMs }: Blow & { kind: 'kill' },
): Promise<number> {
  const { product } = arena;
  const release = downMs > 0 ? product.holdRestarts() : () => undefined;
  const revivals = await Promise.all(
    victims.map(async (name) => {
      const server = serverOf(arena, name);
      if (!server) {
        const dead = await product.kill(name);
        return () => product.ready(name, dead);
      }
      await server.kill();
      return () => server.restart();
    }),
  );
  await sleep(downMs);
  const at = performance.now();
  release();
  await Promise.all(revivals.map((revive) => revive()));
  return at;
}

function serverOf({ postgres, nats, sandbox }: Arena, name: ProcessName): ServerProcess | null {
  if (name === 'postgres') return postgres.process;
  if (name === 'nats-server') return nats.process;
  return name === 'sandbox' ? sandbox.process : null;
}

const backendsSchema = z.array(z.object({ pid: z.int().positive() })).min(1);

/** SIGKILL to a process of Postgres that serves a client: the server ends all others and recovers. */
export async function killBackend({ product }: Arena): Promise<number> {
  const { rows } = await product.database.query(
    `select pid from pg_stat_activity where application_name like 'recoup-%' order by random() limit 1`,
  );
  for (const { pid } of backendsSchema.parse(rows)) process.kill(pid, 'SIGKILL');
  return performance.now();
}

/** SIGSTOP for longer than a lease, then SIGCONT: what the process still believes to have is another's by then. */
export async function pause(
  { product }: Arena,
  { victim, beyondMs, lockLost }: Blow & { kind: 'pause' },
): Promise<number> {
  const pid = product.pidOf(victim);
  process.kill(pid, 'SIGSTOP');
  try {
    await sleep(LEASE_SECONDS * 1000);
    if (lockLost) await loseLocks(product, victim);
    await sleep(beyondMs);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  return performance.now();
}

/** Ends the sessions that own shards: whoever has slept goes on as if it owned them still, beside the next owner. */
async function loseLocks({ database }: Product, victim: ServiceName): Promise<void> {
  const names = [`recoup-${victim}`, ...(victim === 'gateway' ? ['recoup-projector'] : [])];
  await database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = any ($1)
       and pid in (select pid from pg_locks where locktype = 'advisory')`,
    [names],
  );
}
