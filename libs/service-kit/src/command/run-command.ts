import { parseArgs, type ParseArgsConfig } from 'node:util';
import { AppError, messageOf } from '@recoup/kernel';
import type { z } from 'zod';
import { databaseProblem } from './database-problem.js';

/** A command of an operator: what it is asked with, and what it does. */
export interface Command<T extends z.ZodType> {
  /** What `--help` prints. */
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Of the options by name, with `words`: what stands beside them. */
  readonly schema: T;
  /** Answers the exit code. The signal aborts with Ctrl-C: then what is under way ends, and nothing new begins. */
  readonly run: (given: z.infer<T>, signal: AbortSignal) => Promise<number>;
}

/** What was asked for cannot be done so; the message is the sentence that the operator reads. */
export class CannotRun extends AppError {
  readonly code = 'CANNOT_RUN';
}

/** How long what is under way may take to end after Ctrl-C, in milliseconds. */
const GRACE_MS = 5000;
const INTERRUPTED = 130;

/**
 * Runs a command with the arguments of this process, and sets its exit code: that of `run`; 0 after `--help`; 2 where it
 * could not be tried (an unknown option, no database), with a sentence on stderr instead of a stack.
 */
export async function runCommand<T extends z.ZodType>(command: Command<T>): Promise<void> {
  const given = readArguments(process.argv.slice(2), command);
  if (given.kind !== 'run') {
    process[given.kind === 'help' ? 'stdout' : 'stderr'].write(given.text);
    process.exitCode = given.kind === 'help' ? 0 : 2;
    return;
  }
  try {
    process.exitCode = await command.run(given.values, untilInterrupted());
  } catch (error) {
    const sentence = error instanceof AppError ? messageOf(error) : databaseProblem(error);
    if (sentence === null) throw error;
    process.stderr.write(`${sentence}\n`);
    process.exitCode = 2;
  }
}

type Given<T> =
  | { readonly kind: 'help' | 'wrong'; readonly text: string }
  | { readonly kind: 'run'; readonly values: T };

function readArguments<T extends z.ZodType>(
  args: string[],
  { options, schema, usage }: Command<T>,
): Given<z.infer<T>> {
  const wrong = (message: string): Given<never> => ({
    kind: 'wrong',
    text: `${message}\n\n${usage}`,
  });
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...options, help: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    if (values['help']) return { kind: 'help', text: usage };
    const read = schema.safeParse({ ...values, words: positionals });
    if (read.success) return { kind: 'run', values: read.data };
    return wrong(sentenceOf(read.error.issues[0]));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return wrong(error.message.split('. ')[0] ?? ''); // the rest tells how to pass a word that begins with a dash
  }
}

/** What zod says of a value is no sentence without its option. */
function sentenceOf(issue: z.core.$ZodIssue | undefined): string {
  const [name] = issue?.path ?? [];
  const message = issue?.message ?? '';
  return name === undefined || name === 'words' ? message : `--${String(name)}: ${message}`;
}

/** Aborts with Ctrl-C or SIGTERM, however often it comes (npm passes it on a second time), and ends what does not end. */
function untilInterrupted(): AbortSignal {
  const stop = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) return;
    stop.abort();
    setTimeout(() => process.exit(INTERRUPTED), GRACE_MS).unref();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return stop.signal;
}
