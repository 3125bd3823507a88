import type { Pool } from 'pg';

export interface OpenPool {
  readonly name: string;
  readonly pool: Pool;
}

const known = new Map<string, Pool>();

/** Notes a pool of this process under its name; a later one of the same name takes its place. */
export function notePool(name: string, pool: Pool): void {
  known.set(name, pool);
}

/** The pools of this process that are not ended. */
export function openPools(): readonly OpenPool[] {
  for (const [name, pool] of known) if (pool.ended) known.delete(name);
  return [...known].map(([name, pool]) => ({ name, pool }));
}
