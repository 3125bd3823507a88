import { z } from 'zod';
import type { Product } from './product.js';

const TABLES = `select string_agg(format('rm.%I', table_name), ', ') as tables
  from information_schema.tables where table_schema = 'rm' and table_type = 'BASE TABLE'`;
const tablesSchema = z.array(z.object({ tables: z.string() })).length(1);

/** Empties every read model while the gateway is down: the next one folds them from the first event of the log on. */
export async function forgetReadModels(product: Product): Promise<void> {
  const goOn = product.holdRestarts();
  const gateway = await product.kill('gateway');
  const [row] = tablesSchema.parse((await product.database.query(TABLES)).rows);
  await product.database.query(`truncate ${row?.tables}`);
  goOn();
  await product.ready('gateway', gateway);
}
