import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { isAlive } from './process-identity.js';
import { stopProcess } from './stop-process.js';

const identitySchema = z.object({ pid: z.int().positive(), startedAt: z.string().nullable() });

const childSchema = identitySchema.extend({ name: z.string(), stopSignal: z.string() });

const runSchema = z.object({
  launcher: identitySchema,
  url: z.string().nullable(),
  /** Set while everything runs. `place` names no user and no password. */
  database: z.object({ place: z.string(), embedded: z.boolean() }).nullable().default(null),
  /** In the order in which they were started. */
  children: z.array(childSchema),
});
export type Run = z.infer<typeof runSchema>;

/** What runs now for a state folder, as its launcher and its guardian last wrote it. */
export function readRun(file: string): Run | null {
  if (!existsSync(file)) return null;
  const result = runSchema.safeParse(JSON.parse(readFileSync(file, 'utf8') || 'null'));
  return result.success ? result.data : null;
}

/** Replaced in one step, so that a reader never meets half of it. */
export function writeRun(file: string, run: Run): void {
  writeFileSync(`${file}.new`, JSON.stringify(run));
  renameSync(`${file}.new`, file);
}

/**
 * Stops what an ended launcher has left running, services before servers, and answers how many still ran. A reused
 * process number is never touched. With `launcher` only that launcher's children are meant: by the time its guardian
 * looks, another launcher may have taken over the file, and its children must live.
 */
export async function stopLeftovers(file: string, launcher?: number): Promise<number> {
  const run = readRun(file);
  if (!run || (launcher !== undefined && run.launcher.pid !== launcher)) return 0;
  const alive = run.children.filter(isAlive);
  for (const child of [...run.children].reverse()) {
    await stopProcess(child, { signal: child.stopSignal as NodeJS.Signals, graceMs: 8000 });
  }
  if (readRun(file)?.launcher.pid === run.launcher.pid) rmSync(file, { force: true });
  return alive.length;
}
