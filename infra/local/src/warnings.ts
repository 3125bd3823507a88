import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A line of a service's log; every other line is no concern of the screen. */
const lineSchema = z.object({ level: z.number(), msg: z.string() });

const WARNING = 40;

/** How often the logs are looked at, in milliseconds. */
const LOOK_EVERY_MS = 500;

/** A warning that comes again within this time is the same trouble, not news. In milliseconds. */
const SAID_FOR_MS = 30_000;

interface Followed {
  readonly name: string;
  readonly file: string;
  offset: number;
  /** The beginning of a line whose end is not written yet. */
  rest: string;
}

export interface WarningsOptions {
  readonly names: readonly string[];
  readonly logFolder: string;
  readonly say: (text: string) => void;
}

/**
 * Shows warnings and errors that children log from now on. It reads their files, since children write to files and not
 * to us: so nothing is lost when we end first. Answers how to stop showing.
 */
export function showWarnings({ names, logFolder, say }: WarningsOptions): () => void {
  const logs = names.map((name) => follow(name, join(logFolder, `${name}.log`)));
  const said = new Map<string, number>();
  const timer = setInterval(() => {
    const now = performance.now();
    for (const log of logs) {
      for (const text of newWarnings(log)) {
        if (now - (said.get(text) ?? -SAID_FOR_MS) < SAID_FOR_MS) continue;
        said.set(text, now);
        say(text);
      }
    }
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function follow(name: string, file: string): Followed {
  return { name, file, offset: sizeOf(file), rest: '' };
}

function newWarnings(log: Followed): string[] {
  const lines = (log.rest + readFrom(log)).split('\n');
  log.rest = lines.pop() ?? '';
  return lines.flatMap((line) => {
    const parsed = lineSchema.safeParse(asJson(line));
    if (!parsed.success || parsed.data.level < WARNING) return [];
    return [`${log.name}: ${parsed.data.msg}`];
  });
}

function readFrom(log: Followed): string {
  const length = sizeOf(log.file) - log.offset;
  if (length <= 0) return '';
  const handle = openSync(log.file, 'r');
  try {
    const buffer = Buffer.alloc(length);
    const read = readSync(handle, buffer, 0, length, log.offset);
    log.offset += read;
    return buffer.toString('utf8', 0, read);
  } finally {
    closeSync(handle);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // what Node itself prints on a crash; the death of the child is said anyway
  }
}
