import type { RawAnswer } from '@recoup/facts';

/**
 * Members of an answer that may be kept, by name: `true` for a word, a number or a list of them, a further list for an object
 * or a list of objects. Whatever it does not name is dropped, at every depth.
 */
export interface AllowList {
  readonly [member: string]: true | AllowList;
}

/** What an answer holds of an allow-list; null where that is nothing. Buyers slip in nowhere: unknown members are lost. */
export function allowed(value: unknown, list: AllowList): RawAnswer | null {
  if (!isObject(value)) return null;
  // Every object of every answer passes here: what is made only to be thrown away is most of what a sync allocates.
  const kept: Record<string, unknown> = {};
  let isEmpty = true;
  for (const member of Object.keys(list)) {
    const inner = list[member];
    const held = inner && keep(value[member], inner);
    if (held === undefined) continue;
    kept[member] = held;
    isEmpty = false;
  }
  return isEmpty ? null : kept;
}

function keep(value: unknown, list: true | AllowList): unknown {
  if (Array.isArray(value)) {
    const held = value.flatMap((one: unknown) => keep(one, list) ?? []);
    return held.length === 0 ? undefined : held;
  }
  if (list === true) return isScalar(value) ? value : undefined;
  return allowed(value, list) ?? undefined;
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An allow-list of members that hold no objects. */
export function scalars<N extends string>(...names: readonly N[]): Readonly<Record<N, true>> {
  return Object.fromEntries(names.map((name) => [name, true])) as Record<N, true>;
}
