/**
 * What of an answer may be kept: the members of these names, at whatever depth, and nothing of what Amazon may add to it
 * one day.
 */
export function pruned(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one) => pruned(one, names));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => names.has(name));
  return Object.fromEntries(kept.map(([name, member]) => [name, pruned(member, names)]));
}
