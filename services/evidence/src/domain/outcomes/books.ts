import type { PaidRow } from '@recoup/contracts';
import { unitsOwed, type ClaimState } from '@recoup/domain';
import { toMinor, type Money } from '@recoup/kernel';
import type { Match, Payee } from './match.js';

/** What is counted so far, of each fact and for each claim. */
export interface Books {
  /** The oldest loss first. */
  readonly payees: readonly Payee[];
  /** Units of a fact that were counted, from its first on. */
  used(fact: string): number;
  /** The claim for which a fact, or its first units, were counted. */
  ownerOf(fact: string): string | undefined;
  /** Counts something on top. */
  add(match: Match): void;
  /** Units still to be paid. */
  owed(payee: Payee): number;
  /** Units that were paid under a reference and not taken back. */
  paidUnder(payee: Payee, reference: string): number;
  /** Minor units of a currency that were paid under a reference and not taken back. */
  moneyUnder(payee: Payee, reference: string, currency: string): bigint;
  /** Minor units of a currency that were paid and not taken back. */
  moneyOf(payee: Payee, currency: string): bigint;
  /** The references under which anything was paid for a claim, in their order. */
  references(payee: Payee): readonly string[];
}

type Movement = Pick<Match, 'as' | 'reference' | 'original' | 'money'> & { readonly units: number };

/** Opens the books with what the claims' own events tell; what is added is planned on top. */
export function openBooks(payees: readonly Payee[]): Books {
  const used = new Map<string, number>();
  const planned = new Map<string, Match[]>();
  const owners = new Map<string, string>();
  const use = (claimId: string, { fact, from, units }: PaidRow): void => {
    used.set(fact, Math.max(used.get(fact) ?? 0, from + units));
    owners.set(fact, owners.get(fact) ?? claimId);
  };
  for (const { state } of payees) {
    const { claimId, payments, unasked, reversals } = state;
    for (const { row } of [...payments, ...unasked, ...reversals]) if (row) use(claimId, row);
  }
  const movements = ({ state }: Payee): Movement[] => [
    ...recorded(state),
    ...(planned.get(state.claimId) ?? []).map((one) => ({ ...one, units: one.share.units })),
  ];
  return {
    payees: payees.toSorted((a, b) => byLoss(a.state, b.state)),
    used: (fact: string): number => used.get(fact) ?? 0,
    ownerOf: (fact: string): string | undefined => owners.get(fact),
    add(match: Match): void {
      use(match.claimId, match.share);
      planned.set(match.claimId, [...(planned.get(match.claimId) ?? []), match]);
    },
    owed({ state }: Payee): number {
      const mine = (planned.get(state.claimId) ?? []).filter(({ as }) => as !== 'reversed');
      return Math.max(0, unitsOwed(state) - mine.reduce((sum, { share }) => sum + share.units, 0));
    },
    paidUnder(payee: Payee, reference: string): number {
      const units = under(movements(payee), reference).map((one) => signed(one, one.units));
      return Math.max(
        0,
        units.reduce((sum, one) => sum + one, 0),
      );
    },
    moneyUnder(payee: Payee, reference: string, currency: string): bigint {
      return minorOf(under(movements(payee), reference), currency);
    },
    moneyOf: (payee: Payee, currency: string): bigint => minorOf(movements(payee), currency),
    references: (payee: Payee): readonly string[] => [
      ...new Set(movements(payee).flatMap((one) => (one.as === 'reversed' ? [] : one.reference))),
    ],
  };
}

function recorded({ payments, unasked, reversals }: ClaimState): Movement[] {
  const units = (row: PaidRow | undefined): number => row?.units ?? 0;
  return [
    ...payments.map(({ reference, amount, row }) => {
      return { as: 'paid', reference, money: amount, units: units(row), original: null } as const;
    }),
    ...unasked.map(({ reference, amount, row }) => {
      const told = { reference, money: amount, units: units(row), original: null };
      return { as: 'unasked', ...told } as const;
    }),
    ...reversals.map(({ reference, amount, row, original = null }) => {
      return { as: 'reversed', reference, money: amount, units: units(row), original } as const;
    }),
  ];
}

function under(movements: readonly Movement[], reference: string): readonly Movement[] {
  return movements.filter(
    (one) => (one.as === 'reversed' ? one.original : one.reference) === reference,
  );
}

function minorOf(movements: readonly Movement[], currency: string): bigint {
  const inCurrency = (money: Money | null): bigint =>
    money?.currency === currency ? toMinor(money) : 0n;
  return movements.reduce((sum, one) => sum + signed(one, inCurrency(one.money)), 0n);
}

function signed<T extends number | bigint>({ as }: Movement, amount: T): T {
  return (as === 'reversed' ? -amount : amount) as T;
}

function byLoss(a: ClaimState, b: ClaimState): number {
  if (a.lossDay !== b.lossDay) return a.lossDay < b.lossDay ? -1 : 1;
  return a.claimId < b.claimId ? -1 : 1;
}
