import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  allRecoveries,
  connectSeller,
  filedCases,
  forgetReadModels,
  signIn,
  startProduct,
  syncUntilSettled,
  waitUntilSettled,
  type Browser,
  type FiledCase,
  type Product,
  type Recovery,
} from '../product/index.js';

const SELLER = 'A2HARBORPINE01';

/** Tables that name a tenant, other than the log and what is kept on purpose. */
const TABLES = `
  select format('%I.%I', c.table_schema, c.table_name) as name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
  where c.column_name = 'tenant_id' and t.table_type = 'BASE TABLE' and c.table_schema <> 'log'`;

/** That the seller was here and left: the disconnection itself, its line in the activity, the ended connection. */
const KEPT = /^(ingestion\.disconnection|rm\.activity_v1|rm\.connection_v1)$/;

/** How long a test may take on a machine that is busy with other things, in milliseconds. */
const WHOLE_MS = 300_000;

describe('a seller who asks to be forgotten, and comes back', () => {
  let product: Product;
  let seller: Browser;
  let syncId: string;
  let claims: readonly Recovery[];
  let cases: readonly FiledCase[];

  beforeAll(async () => {
    product = await startProduct({ orders: 300 });
    seller = await signIn(product);
    await connectSeller(seller, SELLER);
    syncId = await syncUntilSettled(product, seller);
    await giveFile();
    claims = await allRecoveries(seller);
    cases = await filedCases(product);
  });
  afterAll(() => product[Symbol.asyncDispose]());

  async function tenantRows(): Promise<string[]> {
    const { rows } = await product.database.query<{ name: string }>(TABLES);
    const left: string[] = [];
    for (const { name } of rows) {
      const found = await product.database.query(`select from ${name} limit 1`);
      if (found.rowCount !== 0 && !KEPT.test(name)) left.push(name);
    }
    return left;
  }

  /** Under a key, so that its answer is kept as well. */
  async function giveFile(): Promise<void> {
    const body = new FormData();
    const bytes = '%PDF-1.7\n% an invoice\ntrailer << >>\n%%EOF';
    body.append('files', new Blob([bytes]), 'invoice.pdf');
    const headers = { 'idempotency-key': 'the file of this seller' };
    const given = await seller.request('/api/documents/upload', { method: 'POST', body, headers });
    expect(given.status).toBe(200);
  }

  /** Everything that stands where the files of sellers are kept. */
  function filesKept(): string[] {
    const folder = join(product.stateDir, 'documents');
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  }

  const statusOf = async (url: string): Promise<number> => {
    const response = await seller.request(url);
    await response.body?.cancel();
    return response.status;
  };

  it(
    'leaves nothing to read behind, and no row',
    async () => {
      expect(claims.length).toBeGreaterThan(0);
      expect(filesKept()).toHaveLength(1);
      const url = '/api/v1/integrations/disconnect?provider=amazon&purge=1';
      expect((await seller.request(url, { method: 'POST' })).status).toBe(200);

      expect(await allRecoveries(seller)).toEqual([]);
      const byId = claims.flatMap(({ id }) =>
        ['', '/status', '/document'].map((part) => `/api/recoveries/${id}${part}`),
      );
      byId.push(`/api/sync/status/${syncId}`, `/api/sse/sync-progress/${syncId}`);
      for (const path of byId) expect([path, await statusOf(path)]).toEqual([path, 404]);
      const history = await seller.get('/api/sync/history', z.object({ total: z.int() }));
      expect(history.total).toBe(0);
      const { activities } = await seller.get(
        '/api/sync/activity',
        z.object({ activities: z.array(z.object({ type: z.string() })) }),
      );
      expect(activities.map(({ type }) => type)).toEqual(['amazon_disconnected']);
      const figures = await seller.get(
        '/api/metrics/recoveries',
        z.object({ totalClaimsFound: z.number(), paidValue: z.number() }),
      );
      expect(figures).toMatchObject({ totalClaimsFound: 0, paidValue: 0 });
      await waitUntilSettled(product);
      await eventually(async () => {
        expect(await tenantRows()).toEqual([]);
        expect(filesKept()).toEqual([]);
        return true;
      });
    },
    WHOLE_MS,
  );

  it(
    'is as unknown when all read models are folded from the log again',
    async () => {
      await forgetReadModels(product);
      await waitUntilSettled(product);
      expect(await allRecoveries(seller)).toEqual([]);
      await eventually(async () => {
        expect(await tenantRows()).toEqual([]);
        return true;
      });
    },
    WHOLE_MS,
  );

  it(
    'finds the claims again that nobody filed, and files none twice',
    async () => {
      await connectSeller(seller, SELLER);
      await syncUntilSettled(product, seller);
      const filed = new Set(cases.map(({ request }) => request.claimId));
      const unfiled = claims.filter(({ id }) => !filed.has(id));
      const again = await allRecoveries(seller);
      expect(again.map(({ id }) => id).sort()).toEqual(unfiled.map(({ id }) => id).sort());
      expect(again.map(({ status }) => status)).not.toContain('New');
      expect(await filedCases(product)).toEqual(cases);
    },
    WHOLE_MS,
  );
});
