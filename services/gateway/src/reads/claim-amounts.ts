import { currencyAtMarketplace, type ClaimState } from '@recoup/domain';
import { sumByCurrency, type Money } from '@recoup/kernel';

/** An amount as the contract has it: a number in major units, 0 where it is unknown. */
export function majorUnits(money: Money | null): number {
  return Number(money?.amount ?? 0);
}

/** The currency that a claim is shown in: that of its value, else the one its marketplace sells in. */
export function currencyOf({ assessment, subject, decision }: ClaimState): string {
  const known = assessment.value.total ?? decision?.amount ?? null;
  return known?.currency ?? currencyAtMarketplace(subject.marketplaceId) ?? 'USD';
}

interface Movements {
  readonly payments: readonly { readonly amount: Money | null }[];
  readonly reversals: ClaimState['reversals'];
}

/** What was paid and not taken back, in one currency. */
export function paidSoFar({ payments, reversals }: Movements, currency: string): Money {
  const paid = payments.flatMap(({ amount }) => amount ?? []);
  const back = reversals
    .filter(({ unasked }) => !unasked)
    .map(({ amount }) => ({ ...amount, amount: `-${amount.amount}` }));
  const sums = sumByCurrency([...paid, ...back]);
  return sums.find((sum) => sum.currency === currency) ?? { amount: '0', currency };
}
