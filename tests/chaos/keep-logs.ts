import { cpSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Product } from '../product/index.js';

/** Puts the logs of a run that failed where they outlive it, and answers where. */
export function keepLogs({ stateDir }: Pick<Product, 'stateDir'>, name: string): string {
  const folder = join(tmpdir(), 'recoup-chaos-failures', name.replace(/\W+/g, '-'));
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(stateDir, 'logs'), folder, { recursive: true });
  return folder;
}
