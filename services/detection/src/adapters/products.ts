import { streamGroups } from '@recoup/facts';
import type { Pool } from 'pg';
import type { KeyFacts, LedgerRow, Payment } from '../domain/key-facts.js';

export interface ProductQuery {
  readonly tenantId: string;
  readonly asOf: number;
}

/** The facts of one FNSKU after the other, in key order. Buyers' data are no part of what is read. */
export async function* readProducts(
  pool: Pool,
  { tenantId, asOf }: ProductQuery,
): AsyncGenerator<KeyFacts> {
  for await (const { facts } of streamGroups(pool, {
    tenantId,
    kinds: ['ledger', 'reimbursement'],
    asOf,
  })) {
    const ledger: LedgerRow[] = [];
    const reimbursements: Payment[] = [];
    for (const fact of facts) {
      if (fact.kind === 'ledger') ledger.push({ key: fact.key, data: fact.data });
      if (fact.kind === 'reimbursement') reimbursements.push({ key: fact.key, data: fact.data });
    }
    yield { ledger, reimbursements };
  }
}
