/** The bucket of one operation as Amazon keeps it: full at first, counting calls as they arrive. Milliseconds. */
export function amazonsBucket({ rate, burst }: { readonly rate: number; readonly burst: number }): {
  /** False when the call that arrives now is refused. */
  take(atMs: number): boolean;
} {
  let tokens = burst;
  let refilledAt: number | null = null;
  return {
    take(atMs) {
      tokens = Math.min(burst, tokens + (rate * (atMs - (refilledAt ?? atMs))) / 1000);
      refilledAt = atMs;
      if (tokens < 1 - 1e-9) return false;
      tokens -= 1;
      return true;
    },
  };
}
