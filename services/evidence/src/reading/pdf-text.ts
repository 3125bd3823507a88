import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { AppError, messageOf } from '@recoup/kernel';
import { z } from 'zod';
import type { TextLine } from '../domain/reading/text-line.js';

/** A PDF whose text cannot be read: it is damaged, too large, or takes too long. Trying again would change nothing. */
export class UnreadablePdf extends AppError {
  readonly code = 'UNREADABLE_PDF';
}

export interface PdfText {
  readonly pages: number;
  readonly lines: readonly TextLine[];
}

/** Far more than an invoice takes, in milliseconds: it is a bound on what a hostile file may cost. */
const LONGEST_MS = 30_000;
const MOST_MEMORY_MB = 256;

const cell = z.object({ text: z.string(), x: z.number(), width: z.number() });
const line = z.object({
  page: z.int(),
  line: z.int(),
  size: z.number(),
  y: z.number(),
  cells: z.array(cell),
});
const answerSchema = z.union([
  z.object({ pages: z.int(), lines: z.array(line) }),
  z.object({ error: z.string() }),
]);

/** The worker as it is built: a thread loads a file, and not a module that a test has translated. */
const WORKER = createRequire(import.meta.url).resolve('@recoup/evidence/pdf-text-worker');

/**
 * The text of a PDF, line by line, read in a thread of its own: a file that loops or swells is stopped with it, and nothing
 * else is held up. Throws UnreadablePdf.
 */
export async function pdfText(bytes: Uint8Array): Promise<PdfText> {
  const worker = new Worker(WORKER, {
    workerData: bytes,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    // What the parser writes of a strange file is of no use, and may hold some of it.
    stdout: true,
    stderr: true,
  });
  try {
    const answer = answerSchema.parse(await answerOf(worker));
    if ('error' in answer) throw new UnreadablePdf(`the PDF cannot be read: ${answer.error}`);
    return answer;
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const failed = (why: string): void => reject(new UnreadablePdf(why));
    const timer = setTimeout(() => failed('it takes too long to read'), LONGEST_MS);
    const settle = (act: () => void) => () => {
      clearTimeout(timer);
      act();
    };
    worker.once('message', (answer: unknown) => settle(() => resolve(answer))());
    worker.once('error', (error) => settle(() => failed(messageOf(error)))());
    worker.once(
      'exit',
      settle(() => failed('the reader stopped')),
    );
  });
}
