import {
  currencyAtMarketplace,
  isRejection,
  recordOutcome,
  reject,
  type AmazonDecision,
  type ClaimState,
  type Rejection,
} from '@recoup/domain';
import { currencyDigits, type Money } from '@recoup/kernel';
import type { CommandContext } from './context.js';
import { decideOnClaim, type ClaimCommand } from './decide-on-claim.js';

export interface ToldOutcome {
  readonly outcome: AmazonDecision['outcome'];
  readonly amazonCaseId: string | null;
  /** Major units, as a person types them. */
  readonly amount: number | null;
  /** Left out, the claim's own. */
  readonly currency: string | null;
  readonly reason: string | null;
}

/**
 * A person who filed by hand tells what Amazon decided. Told again it changes nothing. Rejections are those of
 * `recordOutcome`, and `bad_amount` for what is no amount in the claim's currency.
 */
export async function recordToldOutcome(
  context: CommandContext,
  command: ClaimCommand,
  { outcome, amazonCaseId, amount, currency, reason }: ToldOutcome,
): Promise<ClaimState | Rejection> {
  return decideOnClaim(context, command, (claim, cause) => {
    const money = amount === null ? null : exactAmount(amount, currencyOf(claim, currency));
    if (isRejection(money)) return money;
    const decision = { outcome, amazonCaseId, source: 'person', amount: money, reason } as const;
    return recordOutcome(claim, { ...decision, expectedOn: null }, cause);
  });
}

/** The claim's own currency goes before what somebody says; another one is refused. */
function currencyOf({ assessment, subject }: ClaimState, said: string | null): string | Rejection {
  const own = assessment.value.total?.currency ?? currencyAtMarketplace(subject.marketplaceId);
  if (own !== null && said !== null && said !== own) {
    return reject('other_currency', `The claim is in ${own}`);
  }
  return own ?? said ?? reject('bad_amount', 'Say in which currency the amount is');
}

/** Sums of decimal numbers are off by less; a fraction of a cent is off by more. */
const ROUNDING = 1e-6;

/** The decimal text of a number that somebody gave in major units. */
function exactAmount(amount: number, currency: string | Rejection): Money | Rejection {
  if (isRejection(currency)) return currency;
  const digits = currencyDigits(currency);
  const text = amount.toFixed(digits);
  return Math.abs(Number(text) - amount) < ROUNDING
    ? { amount: text, currency }
    : reject('bad_amount', `An amount in ${currency} has at most ${digits} decimals`);
}
