import { isDeepStrictEqual } from 'node:util';
import { sumByCurrency, type Money } from '@recoup/kernel';
import type { ClaimChange, ClaimSide } from './claim-change.js';
import { riskLines } from './risk-change.js';
import type { Changes } from './watch-changes.js';

/** What changes for a seller, as lines of a table, its risks last; none where nothing does. */
export function changeTable(tenantId: string, { claims, risks }: Changes): string {
  if (claims.length + risks.length === 0) return '';
  const table = claims.length === 0 ? [] : [...aligned(claims.map(cells)), summaryText(claims)];
  return [`seller ${tenantId}`, ...table, ...riskLines(risks), ''].join('\n');
}

function cells({ kind, claimId, subtype, sku, lossDay, before, after }: ClaimChange): string[] {
  const sides = [sideText(before, after), '→', sideText(after, before)];
  return [kind, claimId, subtype, sku, lossDay, ...sides];
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
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
