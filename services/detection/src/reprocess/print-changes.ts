import { isDeepStrictEqual } from 'node:util';
import { sumByCurrency, type Money } from '@recoup/kernel';
import type { ClaimChange, ClaimSide } from './claim-change.js';

/** What changes for a seller, as lines of a table; none where nothing does. */
export function changeTable(tenantId: string, changes: readonly ClaimChange[]): string {
  if (changes.length === 0) return '';
  const rows = changes.map(({ kind, claimId, subtype, sku, lossDay, before, after }) => [
    ...[
      kind,
      claimId,
      subtype,
      sku,
      lossDay,
      sideText(before, after),
      '→',
      sideText(after, before),
    ],
  ]);
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? '').length)),
  );
  const lines = rows.map((row) =>
    row
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [`seller ${tenantId}`, ...lines, summaryText(changes), ''].join('\n');
}

/** Open value before and after, per currency, of the claims that change. */
export function amountsOf(changes: readonly ClaimChange[]): {
  readonly before: readonly Money[];
  readonly after: readonly Money[];
} {
  const sum = (side: 'before' | 'after') =>
    sumByCurrency(changes.flatMap((change) => change[side]?.amount ?? []));
  return { before: sum('before'), after: sum('after') };
}

/** One side, with its policy where the other side has another. */
function sideText(side: ClaimSide | null, other: ClaimSide | null): string {
  if (!side) return 'none';
  const { quantity, amount, confidence, tier, opensOn, deadline, policy } = side;
  const worth = `${quantity} × ${amount ? moneyText(amount) : 'unknown value'}`;
  const days = `${opensOn} to ${deadline}`;
  const moved = other && !isDeepStrictEqual(policy, other.policy);
  const by = moved ? ` by ${policy.name} since ${policy.effectiveFrom}` : '';
  return `${worth}, ${confidence.toFixed(2)} ${tier}, ${days}${by}`;
}

function summaryText(changes: readonly ClaimChange[]): string {
  const kinds = ['new', 'changed', 'withdrawn', 'expired'] as const;
  const counts = kinds.map((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return `${count} ${kind}`;
  });
  const { before, after } = amountsOf(changes);
  const text = (values: readonly Money[]) => values.map(moneyText).join(' + ') || '0';
  return `${counts.join(', ')}; value of these claims: ${text(before)} → ${text(after)}`;
}

function moneyText({ amount, currency }: Money): string {
  return `${amount} ${currency}`;
}
