import type { AllocationLine, RiskKind, SourceRef } from '@recoup/contracts';
import type { MarketplaceRow, RiskFinding } from '@recoup/domain';
import { addDays, derivedName } from '@recoup/kernel';
import { todayAt, type Context } from './context.js';
import type { Subject } from './judge.js';
import { watchingFor } from './policies/watching.js';

/** What a watcher holds to be worth a look. Whether it is time to show it is judged here. */
export interface Sight {
  readonly kind: RiskKind;
  readonly marketplace: MarketplaceRow;
  /** Keys of the facts that make it what it is: seen again, by any detection, it is the same risk. */
  readonly anchor: readonly string[];
  readonly subject: Pick<Subject, 'fnsku' | 'sku' | 'asin' | 'productName'> & Partial<Subject>;
  /** Its first day; null where nothing dates it: then it is shown as long as it is seen. */
  readonly since: string | null;
  /** The day from which the silence is counted; left out where that is the first. */
  readonly quietSince?: string;
  /** True where Amazon itself states that it is open: then there is no waiting. */
  readonly statedByAmazon?: boolean;
  /** Null where the units are not known. */
  readonly quantity: number | null;
  /** For the seller. Neither may tell of the present day: it would be another risk every day. */
  readonly reason: string;
  readonly nextStep: string;
  readonly lines: readonly AllocationLine[];
  readonly sources: readonly SourceRef[];
}

const ABOUT_NOTHING_ELSE = {
  facility: null,
  orderId: null,
  shipmentId: null,
  removalOrderId: null,
  reimbursementId: null,
} as const;

/** The risk of a sight, by the rule in force on its first day; none before its days and after them. */
export function note(sight: Sight, context: Context): readonly RiskFinding[] {
  const { kind, marketplace, anchor, since, quietSince = since } = sight;
  const today = todayAt(marketplace, context);
  const rule = watchingFor(kind, since ?? today);
  if (!rule) return [];
  const wait = sight.statedByAmazon ? 0 : rule.afterDays;
  if (quietSince !== null && today <= addDays(quietSince, wait) && wait > 0) return [];
  if (since !== null && today > addDays(since, rule.untilDays)) return [];
  const { name, effectiveFrom, effectiveTo, source } = rule;
  const { quantity, reason, nextStep, lines, sources } = sight;
  return [
    {
      riskId: derivedName('risk', context.tenantId, kind, ...anchor),
      kind,
      subject: { ...ABOUT_NOTHING_ELSE, ...sight.subject, marketplaceId: marketplace.id },
      ...{ since, quantity, reason, nextStep },
      rule: { name, effectiveFrom, effectiveTo, source },
      lines: [...lines],
      sources: [...sources],
    },
  ];
}

/** `1 unit`, `4 units`. */
export function unitsText(units: number): string {
  return units === 1 ? '1 unit' : `${units} units`;
}
