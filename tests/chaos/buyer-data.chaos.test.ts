import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { CannotOpen, keyRing, openRecordVault, type RecordVault } from '@recoup/vault';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  allRecoveries,
  claimsPrint,
  connectSeller,
  forgetReadModels,
  listenTo,
  placesOf,
  searchFor,
  signIn,
  startProduct,
  syncUntilSettled,
  type Browser,
  type Product,
} from '../product/index.js';

const SELLER = 'A2HARBORPINE01';
/** How long a test may take on a machine that is busy with other things, in milliseconds. */
const WHOLE_MS = 300_000;

const buyerSchema = z.object({
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  street: z.string(),
});
const buyersSchema = z.object({
  buyers: z.array(buyerSchema.extend({ orderId: z.string() })),
  leaked: buyerSchema,
});
type Buyers = z.infer<typeof buyersSchema>;

/** Amazon's door to the buyers of a seller. */
const doorOf = ({ sandboxOrigin }: Product): string =>
  `${sandboxOrigin}/sandbox/sellers/${SELLER}/buyers`;

async function buyersOf(product: Product): Promise<Buyers> {
  return buyersSchema.parse(await (await fetch(doorOf(product))).json());
}

/** What any buyer at all would be recognised by: family names, streets, and the forms of mail and phone. */
function marksOf({ buyers, leaked }: Buyers): string[] {
  const marks = [...buyers, leaked].flatMap(({ name, street, email, phone }) => [
    name.split(' ').at(-1) ?? name,
    street.replace(/^\d+ /, ''),
    email.slice(email.indexOf('@')),
    phone.slice(phone.indexOf('-'), -'NN ext. NNNNN'.length),
  ]);
  return [...new Set(marks)];
}

/** Opens all that a seller can open. */
async function lookAtEverything(seller: Browser, syncId: string): Promise<void> {
  const claims = await allRecoveries(seller);
  const paths = [
    `/api/sync/status/${syncId}`,
    '/api/sync/status',
    '/api/sync/history',
    '/api/sync/activity',
    '/api/metrics/recoveries',
    ...claims.flatMap(({ id }) =>
      ['', '/status', '/document'].map((part) => `/api/recoveries/${id}${part}`),
    ),
  ];
  for (const path of paths) await (await seller.request(path)).text();
}

const keyCount = z.array(z.object({ rows: z.int(), keys: z.int() })).length(1);

async function sealedCounts({ database }: Product): Promise<{ rows: number; keys: number }> {
  const query = `select (select count(*)::int from ingestion.buyer_info) as rows,
    (select count(*)::int from vault.record_key) as keys`;
  const [counts] = keyCount.parse((await database.query(query)).rows);
  return counts ?? { rows: 0, keys: 0 };
}

const sealedSchema = z.array(
  z.object({ tenant_id: z.string(), order_id: z.string(), sealed: z.string() }),
);
const sealedRows = async ({ database }: Product) =>
  sealedSchema.parse((await database.query('select * from ingestion.buyer_info')).rows);

/** The vault of a product, opened with the key that its environment has. */
function vaultOf({ database, stateDir }: Product): RecordVault {
  const secrets: unknown = JSON.parse(readFileSync(join(stateDir, 'secrets.json'), 'utf8'));
  const { encryptionKey } = z.object({ encryptionKey: z.string() }).parse(secrets);
  const keys = keyRing(Buffer.from(encryptionKey, 'base64'));
  return openRecordVault({ db: database, keys, clock: systemClock });
}

describe('who bought', () => {
  let product: Product;
  let seller: Browser;
  let buyers: Buyers;
  let marks: readonly string[];

  beforeAll(async () => {
    product = await startProduct({ orders: 300 });
    buyers = await buyersOf(product);
    marks = marksOf(buyers);
  });
  afterAll(() => product[Symbol.asyncDispose]());

  it(
    'is found nowhere with buyer data off, although Amazon sends it everywhere',
    async () => {
      await fetch(doorOf(product), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ leak: true }),
      });
      seller = await signIn(product);
      const heard = listenTo(seller);
      await connectSeller(seller, SELLER);
      const syncId = await syncUntilSettled(product, seller);
      await lookAtEverything(seller, syncId);
      expect((await claimsPrint(product)).length).toBeGreaterThan(0);

      // The search finds what is there: in tables, on the bus, in the logs, at the browser.
      const seen = await placesOf(product, [syncId]);
      for (const place of [/^log\./, /^ingestion\.job/, /^rm\./, /^nats\//, /^logs\/ingestion/]) {
        expect(seen).toContainEqual(expect.stringMatching(place));
      }
      expect(heard()).toContain(syncId);

      expect(await placesOf(product, marks)).toEqual([]);
      expect(searchFor(marks)(heard() + product.output)).toEqual([]);
      expect(await sealedCounts(product)).toEqual({ rows: 0, keys: 0 });
    },
    WHOLE_MS,
  );

  it(
    'is sealed with buyer data on, and opens with the keys to what Amazon told',
    async () => {
      await product.stop();
      const { stateDir } = product;
      product = await startProduct({
        stateDir,
        orders: 300,
        environment: { SYNC_BUYER_INFO: 'on' },
      });
      seller = await signIn(product);
      const heard = listenTo(seller);
      const syncId = await syncUntilSettled(product, seller);
      await lookAtEverything(seller, syncId);

      const sealed = await sealedRows(product);
      expect(sealed.length).toBeGreaterThan(0);
      const vault = vaultOf(product);
      for (const { tenant_id: tenantId, order_id: record, sealed: text } of sealed) {
        const { name, street, phone } =
          buyers.buyers.find(({ orderId }) => orderId === record) ?? {};
        const opened = await vault.open({ tenantId, purpose: 'amazon-buyer', record }, text);
        expect(JSON.parse(opened)).toMatchObject({
          buyer: { buyerName: name },
          deliveryAddress: { name, addressLine1: street, phone },
        });
      }
      expect(await placesOf(product, marks)).toEqual([]);
      expect(searchFor(marks)(heard() + product.output)).toEqual([]);
    },
    WHOLE_MS,
  );

  it(
    'is gone after its day, and everything can be computed anew without it',
    async () => {
      const [row] = await sealedRows(product);
      const vault = vaultOf(product);
      const before = await claimsPrint(product);
      await product.database.query(`update vault.record_key set expires_at = now()`);
      await eventually(
        async () => {
          expect(await sealedCounts(product)).toEqual({ rows: 0, keys: 0 });
          return true;
        },
        { timeoutMs: 60_000 },
      );
      const place = { tenantId: row?.tenant_id ?? '', record: row?.order_id ?? '' };
      const opening = vault.open({ ...place, purpose: 'amazon-buyer' }, row?.sealed ?? '');
      await expect(opening).rejects.toThrow(CannotOpen);

      // All read models from the log alone.
      await forgetReadModels(product);
      await eventually(
        async () => {
          expect(await claimsPrint(product)).toEqual(before);
          return true;
        },
        { timeoutMs: 60_000 },
      );

      // And detection over the facts.
      await syncUntilSettled(product, seller);
      const ids = (claims: typeof before) => claims.map(({ claimId, units }) => [claimId, units]);
      expect(ids(await claimsPrint(product))).toEqual(ids(before));
    },
    WHOLE_MS,
  );
});
