import { derivedName, newName } from '@recoup/kernel';

/** Names what a request creates. */
export interface Creation {
  /**
   * The name of a new entity, such as `sync_4f0c…`. Under an `Idempotency-Key` it follows from tenant, route and key, so
   * that a repeat meets what the first one made, also when the process died before it could answer: a stream that is
   * there already is then this very entity. Each call names another one, in order: call it once, outside of retries.
   */
  newName(prefix: string): string;
  /** The request may come again, with the same names. */
  readonly repeatable: boolean;
}

/** Without a key, what is created is new each time. */
export const newCreation: Creation = { newName, repeatable: false };

/** The same parts give the same names, in the order in which they are asked for. */
export function repeatableCreation(...scope: readonly string[]): Creation {
  let named = 0;
  return {
    repeatable: true,
    newName(prefix) {
      named += 1;
      return derivedName(prefix, ...scope, String(named));
    },
  };
}
