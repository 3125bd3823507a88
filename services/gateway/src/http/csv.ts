import { parse } from 'csv-parse/sync';

/**
 * The rows below the header of a CSV text (RFC 4180), by the names of the header in lower case. Rows that are too short or
 * too long are read as far as they go. Throws what the parser throws where a quote is out of place.
 */
export function csvRows(text: string): readonly unknown[] {
  return parse(text, {
    bom: true,
    columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
  });
}
