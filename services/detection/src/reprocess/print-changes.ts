import { sumByCurrency, type Money } from '@recoup/kernel';
import type { ClaimChange, ClaimSide } from './claim-change.js';

/** What changes for a seller, as lines of a table; none where nothing does. */
export function changeTable(tenantId: string, changes: readonly ClaimChange[]): string {
  if (changes.length === 0) return '';
  const rows = changes.map(({ kind, claimId, subtype, sku, lossDay, before, after }) => [
    ...[kind, claimId, subtype, sku, lossDay, sideText(before), '→', sideText(after)],
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

function sideText(side: ClaimSide | null): string {
  if (!side) return 'none';
  const { quantity, amount, confidence, tier } = side;
  return `${quantity} × ${amount ? moneyText(amount) : 'unknown value'}, ${confidence.toFixed(2)} ${tier}`;
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
