/** Shares a number of cases out: every cause once, the rest by weight (highest remaining claim first). */
export function allot<C extends { readonly weight: number }>(
  causes: readonly C[],
  count: number,
): C[] {
  const total = causes.reduce((sum, cause) => sum + cause.weight, 0);
  const given = causes.map((cause) => ({ cause, times: 1 }));
  const spare = Math.max(0, count - causes.length);
  for (let n = 0; n < spare; n += 1) {
    given.sort(
      (a, b) =>
        b.cause.weight / b.times - a.cause.weight / a.times ||
        causes.indexOf(a.cause) - causes.indexOf(b.cause),
    );
    const next = given[0];
    if (!next || total <= 0) break;
    next.times += 1;
  }
  return given.flatMap(({ cause, times }) => Array.from({ length: times }, () => cause));
}
