import type { ClaimStatus } from '@recoup/domain';
import type { Pool } from 'pg';

/** Claims summed by what the figures are made of. Amounts are decimal texts, and `currency` null where none is known. */
export interface ClaimTotal {
  readonly status: ClaimStatus;
  readonly tier: string;
  readonly claim_type: string;
  readonly currency: string | null;
  readonly claims: number;
  readonly unknown: number;
  /** Those whose required documents are available. */
  readonly documented: number;
  /** Those that Amazon decided on at or after the instant that was asked for. */
  readonly decided_since: number;
  /** What is still to come of them; see `amountToCome`. */
  readonly amount: string;
  /** Amounts weighed by the probability of approval. */
  readonly expected: string;
}

/** Payments summed, as decimal texts; `unknown` counts those whose sum was not told. */
export interface PaymentTotal {
  readonly currency: string | null;
  readonly paid: string;
  readonly reversed: string;
  /** Paid by Amazon itself, less what it took back of that: in none of the two above. */
  readonly unasked: string;
  readonly unknown: number;
}

/** Agreed money by the first day on which some is expected. */
export interface NextPayment {
  readonly day: string;
  readonly amount: string;
}

/** What came of claims in one month and currency, as decimal texts; `currency` null where no sum is known. */
export interface RecoveredMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly currency: string | null;
  readonly filed: number;
  readonly filed_value: string;
  readonly approved: number;
  readonly approved_value: string;
  readonly denied: number;
  readonly denied_value: string;
  readonly paid: string;
  readonly reversed: string;
  readonly unasked: string;
  /** Units given back in place of money. */
  readonly in_kind: number;
}

/** Sums over a seller's claims, made in the database: exact, and per currency. */
export interface FigureReads {
  /** `decidedSince`: an instant, as ISO 8601 in UTC. */
  claimTotals(tenantId: string, decidedSince: string): Promise<ClaimTotal[]>;
  /** `since`: the first day that counts; null for all of them. */
  paymentTotals(tenantId: string, since: string | null): Promise<PaymentTotal[]>;
  nextPayment(tenantId: string, currency: string): Promise<NextPayment | null>;
  /** From one day to another, both included, in UTC. */
  recovered(tenantId: string, from: string, to: string): Promise<RecoveredMonth[]>;
}

type Counted<T, K extends keyof T> = Omit<T, K> & Record<K, string>;

export function openFigureReads(pool: Pool): FigureReads {
  return {
    async claimTotals(tenantId, decidedSince) {
      const { rows } = await pool.query<
        Counted<ClaimTotal, 'claims' | 'unknown' | 'documented' | 'decided_since'>
      >({
        name: 'read-claim-totals',
        text: 'select * from read.claim_totals($1, $2)',
        values: [tenantId, decidedSince],
      });
      return rows.map((row) => ({
        ...row,
        claims: Number(row.claims),
        unknown: Number(row.unknown),
        documented: Number(row.documented),
        decided_since: Number(row.decided_since),
      }));
    },
    async paymentTotals(tenantId, since) {
      const { rows } = await pool.query<Counted<PaymentTotal, 'unknown'>>({
        name: 'read-payment-totals',
        text: 'select * from read.payment_totals($1, $2)',
        values: [tenantId, since],
      });
      return rows.map((row) => ({ ...row, unknown: Number(row.unknown) }));
    },
    async recovered(tenantId, from, to) {
      const { rows } = await pool.query<
        Counted<RecoveredMonth, 'filed' | 'approved' | 'denied' | 'in_kind'>
      >({
        name: 'read-recovered',
        text: 'select * from read.recovered($1, $2, $3)',
        values: [tenantId, from, to],
      });
      return rows.map((row) => ({
        ...row,
        filed: Number(row.filed),
        approved: Number(row.approved),
        denied: Number(row.denied),
        in_kind: Number(row.in_kind),
      }));
    },
    async nextPayment(tenantId, currency) {
      const { rows } = await pool.query<NextPayment>({
        name: 'read-next-payment',
        text: 'select day, amount from read.next_payment($1, $2)',
        values: [tenantId, currency],
      });
      return rows[0] ?? null;
    },
  };
}
