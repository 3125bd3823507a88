export type QueryValue = string | number | boolean | readonly string[] | undefined;

/**
 * A query string as Amazon's models declare it: arrays are comma-separated (Swagger's default `csv`), each element
 * encoded on its own so that a SKU with a comma stays one element. Undefined values are left out.
 */
export function queryString(query: Readonly<Record<string, QueryValue>>): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    const parts = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
    pairs.push(`${encodeURIComponent(name)}=${parts.map(encodeURIComponent).join(',')}`);
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
