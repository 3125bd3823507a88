import { sleep } from '@recoup/kernel';
import { eventually, type ServerProcess } from '@recoup/testkit';
import { z } from 'zod';
import type { ProcessName } from '../../product/index.js';
import { LEASE_SECONDS, type Arena } from './arena.js';
import { SERVICES, type Blow, type ServiceName } from './blow.js';
import { startSecond } from './second-instance.js';

/** A blow that is ready to fall. */
export interface Prepared extends AsyncDisposable {
  /** Deals it, and takes its cause away again; answers when that was, by the performance clock. */
  deal(): Promise<number>;
}

const NOTHING = async (): Promise<void> => undefined;

/** Starts what a blow needs beside the product. Disposed of when everything has arrived. */
export async function prepare(arena: Arena, blow: Blow): Promise<Prepared> {
  switch (blow.kind) {
    case 'kill':
      return { deal: () => killAll(arena, blow), [Symbol.asyncDispose]: NOTHING };
    case 'kill a backend':
      return { deal: () => killBackend(arena), [Symbol.asyncDispose]: NOTHING };
    case 'pause': {
      const second = await startSecond(arena, blow.victim);
      return {
        deal: () => pause(arena, blow),
        [Symbol.asyncDispose]: () => second[Symbol.asyncDispose](),
      };
    }
  }
}

/** Waits until everybody answers and says of itself that it is ready. */
export async function recovered({ product }: Arena): Promise<void> {
  await eventually(() => product.database.query('select 1'), { timeoutMs: 60_000 });
  await Promise.all(SERVICES.map((name) => product.ready(name)));
}

function serverOf({ postgres, nats, sandbox }: Arena, name: ProcessName): ServerProcess | null {
  if (name === 'postgres') return postgres.process;
  if (name === 'nats-server') return nats.process;
  return name === 'sandbox' ? sandbox.process : null;
}

async function killAll(
  arena: Arena,
  { victims, downMs }: Blow & { kind: 'kill' },
): Promise<number> {
  const { product } = arena;
  const release = product.holdRestarts();
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
  ).finally(() => downMs === 0 && release());
  await sleep(downMs);
  const at = performance.now();
  release();
  await Promise.all(revivals.map((revive) => revive()));
  return at;
}

const backendsSchema = z.array(z.object({ pid: z.int().positive() })).min(1);

async function killBackend({ product }: Arena): Promise<number> {
  const { rows } = await product.database.query(
    `select pid from pg_stat_activity where application_name like 'recoup-%' order by random() limit 1`,
  );
  for (const { pid } of backendsSchema.parse(rows)) process.kill(pid, 'SIGKILL');
  return performance.now();
}

async function pause(
  { product }: Arena,
  { victim, beyondMs, lockLost }: Blow & { kind: 'pause' },
): Promise<number> {
  const pid = product.pidOf(victim);
  process.kill(pid, 'SIGSTOP');
  try {
    await sleep(LEASE_SECONDS * 1000);
    if (lockLost) await loseLocks(product.database, victim);
    await sleep(beyondMs);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  return performance.now();
}

/** Ends the sessions that own shards: whoever has slept goes on as if it owned them still, beside the next owner. */
async function loseLocks(
  database: Arena['product']['database'],
  victim: ServiceName,
): Promise<void> {
  await database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1
       and pid in (select pid from pg_locks where locktype = 'advisory')`,
    [`recoup-${victim}`],
  );
}
