import { z } from 'zod';

/** What was asked of parked events: to list them, to show a stream, or to have one stream or all tried again. */
export const parkedSchema = z
  .object({
    words: z.array(z.string()),
    consumer: z
      .enum(['gateway', 'ingestion', 'detection', 'evidence'], {
        error: 'gateway, ingestion, detection or evidence',
      })
      .optional(),
    all: z.boolean().default(false),
    wait: z.coerce.number({ error: 'a number of seconds' }).min(0).max(3600).default(30),
    json: z.boolean().default(false),
  })
  .transform(({ words, all, ...rest }, context) => {
    const task = taskOf(words, all);
    if (task) return { ...task, ...rest };
    context.addIssue('say list, show STREAM, redrive STREAM or redrive --all');
    return z.NEVER;
  });
export type ParkedAsked = z.infer<typeof parkedSchema>;

interface Task {
  readonly task: 'list' | 'show' | 'redrive';
  readonly streamId?: string;
}

/** What may be said, with whether a stream is named and whether all are meant. */
const TASKS = [
  { task: 'list', named: false, all: false },
  { task: 'show', named: true, all: false },
  { task: 'redrive', named: true, all: false },
  { task: 'redrive', named: false, all: true },
] as const;

/** Null: what was said is none of them. */
function taskOf(words: readonly string[], all: boolean): Task | null {
  const [said = 'list', streamId] = words;
  const named = streamId !== undefined;
  const known = TASKS.find(
    (one) => one.task === said && one.named === named && one.all === all && words.length <= 2,
  );
  return known ? { task: known.task, ...(named && { streamId }) } : null;
}
