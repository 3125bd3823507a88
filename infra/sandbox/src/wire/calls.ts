export interface CallCount {
  readonly operation: string;
  /** Empty where no seller is known: a token request, a document download. */
  readonly sellerId: string;
  readonly calls: number;
  /** Those of them that were refused for their rate. */
  readonly throttled: number;
}

/** Who called what how often. */
export interface Calls {
  count(operation: string, sellerId: string): void;
  throttle(operation: string, sellerId: string): void;
  all(): CallCount[];
}

export function calls(): Calls {
  const counts = new Map<string, CallCount>();
  const bump = (operation: string, sellerId: string, field: 'calls' | 'throttled') => {
    const key = `${operation} ${sellerId}`;
    const known = counts.get(key) ?? { operation, sellerId, calls: 0, throttled: 0 };
    counts.set(key, { ...known, [field]: known[field] + 1 });
  };
  return {
    count: (operation, sellerId) => bump(operation, sellerId, 'calls'),
    throttle: (operation, sellerId) => bump(operation, sellerId, 'throttled'),
    all: () => [...counts.values()],
  };
}
