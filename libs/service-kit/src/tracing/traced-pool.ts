import { SpanKind } from '@opentelemetry/api';
import type { Pool } from 'pg';
import { inSpan, isRecorded } from './spans.js';

type Query = (...args: unknown[]) => unknown;

/** One call of it carries the appends of many callers, each of which has a span of its own. */
const SHARED = 'log-append';

/**
 * Gives each statement of a pool a span, where it is part of a trace: its name, or its first word where it has none, and
 * never a value. What polls in the background belongs to no trace, and has none.
 */
export function tracePool(pool: Pool): void {
  pool.query = traced(pool.query.bind(pool)) as typeof pool.query;
  pool.on('connect', (client) => {
    client.query = traced(client.query.bind(client)) as typeof client.query;
  });
}

function traced(query: Query): Query {
  return (...args) => {
    const name = nameOf(args[0]);
    // With a callback it is the pool that asks, whose own span this is.
    const shown = name !== SHARED && typeof args.at(-1) !== 'function' && isRecorded();
    if (!shown) return query(...args);
    const attributes = { 'db.system.name': 'postgresql', 'db.operation.name': name };
    return inSpan(`postgres ${name}`, { kind: SpanKind.CLIENT, attributes }, () =>
      Promise.resolve(query(...args)),
    );
  };
}

/** A statement's name; else its first word, which tells what it does and nothing more. */
function nameOf(statement: unknown): string {
  if (typeof statement === 'string') return firstWord(statement);
  if (typeof statement !== 'object' || statement === null) return 'statement';
  if ('name' in statement && typeof statement.name === 'string') return statement.name;
  return 'text' in statement && typeof statement.text === 'string'
    ? firstWord(statement.text)
    : 'statement';
}

function firstWord(text: string): string {
  return /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? 'statement';
}
