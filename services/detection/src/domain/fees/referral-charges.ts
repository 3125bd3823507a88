import { percentOf } from './amounts.js';
import { ChargesByDay, FirstDay, type DayCharges } from './charge.js';
import type { Commission } from './commissions.js';
import type { FeeStatement } from './fee-statement.js';

/**
 * The commissions of one SKU against the share that Amazon states. Judged is only what was sold for at most the price that
 * the share is stated for: categories with tiers take a larger share above some price, and that would be right.
 */
export class ReferralCharges {
  readonly #dear = new ChargesByDay();
  /** When a commission was first right. */
  readonly right = new FirstDay();
  readonly #statement: FeeStatement;

  constructor(statement: FeeStatement) {
    this.#statement = statement;
  }

  add(commission: Commission): void {
    const { sale, units, charged, base } = commission;
    const { referralPercent: percent, price } = this.#statement;
    if (percent === null || base <= 0n || base > price * BigInt(units)) return;
    const rounding = BigInt(units);
    if (charged <= percentOf(base, percent) + rounding) {
      if (charged > 0n) this.right.add(sale.day);
      return;
    }
    // A least fee is no share: whatever is not above what Amazon states for the whole price may be it.
    if (charged <= percentOf(price, percent) * BigInt(units)) return;
    const rate = shareOf(charged, base, rounding);
    const owed = rate === null ? null : stillOwed(commission, percent);
    if (rate === null || owed === null) return;
    const { day, postedDay, dated, orderId, key } = sale;
    this.#dear.add({ day, postedDay, dated, orderId, key, rate, charges: 1, units, ...owed });
  }

  /** Commissions of a larger share than Amazon states, oldest first. */
  get dear(): readonly DayCharges[] {
    return this.#dear.all();
  }
}

/** The whole hundredths that explain a commission: a least fee or a closing fee in it makes other sums. */
function shareOf(charged: bigint, base: bigint, rounding: bigint): bigint | null {
  const percent = (charged * 200n + base) / (base * 2n);
  const apart = percentOf(base, percent) - charged;
  return apart <= rounding && -apart <= rounding ? percent : null;
}

/** What was kept of a commission, and what would be right on what was kept of the price; null where nothing is owed. */
function stillOwed(
  { charged, chargedBack, base, baseBack }: Commission,
  percent: bigint,
): { charged: bigint; expected: bigint } | null {
  const kept = charged - chargedBack;
  const right = percentOf(base, percent) - percentOf(baseBack < 0n ? 0n : baseBack, percent);
  return kept > right ? { charged: kept, expected: right } : null;
}
