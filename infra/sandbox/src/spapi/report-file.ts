import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { LEAKED_COLUMNS, LEAKED_FIELDS } from '../wire/leaks.js';
import type { World } from '../world/world.js';
import type { ReportScope, ReportType } from './report-type.js';

/** Rows that are joined before they are compressed: a chunk per row would cost more than the row. */
const CHUNK = 500;

/**
 * A report as a gzip stream of tab-separated lines. Rows are made as they are read, so size costs no memory; who goes away
 * in the middle ends their making.
 */
export function reportFile(
  type: ReportType,
  world: World,
  scope: ReportScope,
): NodeJS.ReadableStream {
  const rows = Readable.from(chunks(type, world, scope), { objectMode: false });
  // A row that fails breaks this download off by itself: the stream that is returned carries the error.
  return pipeline(rows, createGzip(), () => undefined);
}

/** A type of report that has columns about buyers, which Amazon's has not. */
export function leaking(type: ReportType): ReportType {
  return {
    ...type,
    header: [...LEAKED_COLUMNS, ...type.header],
    *rows(world, scope) {
      for (const row of type.rows(world, scope)) yield [...LEAKED_FIELDS, ...row];
    },
  };
}

function* chunks(type: ReportType, world: World, scope: ReportScope): Generator<Buffer> {
  const encoding = type.charset === 'UTF-8' ? 'utf8' : 'latin1';
  let lines = [lineOf(type, type.header)];
  for (const row of type.rows(world, scope)) {
    lines.push(lineOf(type, row));
    if (lines.length >= CHUNK) {
      yield Buffer.from(lines.join(''), encoding);
      lines = [];
    }
  }
  if (lines.length > 0) yield Buffer.from(lines.join(''), encoding);
}

function lineOf({ quoted }: ReportType, fields: readonly string[]): string {
  const texts = quoted ? fields.map((field) => `"${field.replaceAll('"', '""')}"`) : fields;
  return `${texts.join('\t')}\r\n`;
}
