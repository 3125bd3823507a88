import { subjectsOfShard } from '@recoup/contracts';
import { z } from 'zod';
import type { Connection } from './connection.js';
import { STREAM } from './topology.js';

const positionSchema = z.object({ position: z.int().positive() });

/** The newest position of a shard that the stream holds; 0 when it holds none. */
export async function tailOf(connection: Connection, shard: number): Promise<number> {
  const manager = await connection.manager();
  const positions = await Promise.all(
    subjectsOfShard(shard).map(async (subject) => {
      const message = await manager.streams.getMessage(STREAM, { last_by_subj: subject });
      return message ? positionSchema.parse(message.json()).position : 0;
    }),
  );
  return Math.max(...positions);
}
