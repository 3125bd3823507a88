import { open, readFile, truncate, type FileHandle } from 'node:fs/promises';
import type { z } from 'zod';

/** A file of JSON lines that only grows. A record is on disk when `append` resolves. */
export interface Journal<T> {
  readonly records: readonly T[];
  append(record: T): Promise<void>;
  close(): Promise<void>;
}

/** Opens a journal and reads what is in it. A last line without its end was never confirmed, and is cut off. */
export async function openJournal<T>(path: string, schema: z.ZodType<T>): Promise<Journal<T>> {
  const file = await open(path, 'a');
  const text = await readFile(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
  const lines = whole.split('\n').filter((line) => line !== '');
  const records = lines.map((line) => schema.parse(JSON.parse(line)));
  let last: Promise<void> = Promise.resolve();
  return {
    records,
    append: (record) => {
      // One after the other: two writes at once could interleave their bytes.
      const write = last.then(() => writeLine(file, record));
      last = write.catch(() => undefined);
      return write.then(() => void records.push(record));
    },
    close: async () => {
      await last;
      await file.close();
    },
  };
}

async function writeLine(file: FileHandle, record: unknown): Promise<void> {
  await file.appendFile(`${JSON.stringify(record)}\n`);
  await file.datasync();
}
