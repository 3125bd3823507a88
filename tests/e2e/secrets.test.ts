import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { roleUrl } from '@recoup/migrate';
import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  allRecoveries,
  Browser,
  connectSeller,
  hearTokens,
  listenTo,
  pdfOf,
  placesOf,
  searchFor,
  secretsOf,
  SECRETS_FILE,
  secretWords,
  signIn,
  startProduct,
  syncUntilSettled,
  waitUntilSettled,
  type Product,
  type TokenListener,
  type Word,
} from '../product/index.js';
import { readableBy, signedInAs, TENANT_ROLES, tenantsIn } from '../tenancy/tenants-seen.js';

const SELLER = 'A2HARBORPINE01';
const OTHER_SELLER = 'A3MAPLETRAIL02';

/** In a file that a seller gives: its words can be searched for, what they say together is sealed. */
const IN_THE_FILE = 'nineteen lanterns burn above the harbour of this seller';
/** What a seller says of a claim: it is part of the record, and of nothing beside it. */
const SAID = 'the wedding gifts of this seller were counted twice';
/** How a restricted data token begins: those of buyers are asked for where no test listens. */
const RESTRICTED = 'Atz.sprdt|';

/** How long a test may take on a machine that is busy with other things, in milliseconds. */
const WHOLE_MS = 300_000;

const accountSchema = z.array(z.object({ tenant_id: z.string() })).length(1);
const documentsSchema = z.array(z.object({ id: z.string(), status: z.string() }));

describe('two sellers of one installation', { timeout: WHOLE_MS }, () => {
  let tokens: TokenListener;
  let product: Product;
  let seller: Browser;
  let other: Browser;
  let tenantId: string;
  let otherTenantId: string;
  let heard: readonly (() => string)[];

  beforeAll(async () => {
    tokens = await hearTokens();
    product = await startProduct({
      orders: 300,
      environment: { LOG_LEVEL: 'trace', SYNC_BUYER_INFO: 'on', LWA_ENDPOINT: tokens.endpoint },
    });
    tokens.passOnTo(product.sandboxOrigin);
    seller = await signIn(product);
    other = new Browser(product.origin);
    await connectSeller(seller, SELLER);
    await connectSeller(other, OTHER_SELLER);
    // The way back from Amazon's consent page carries a code; after it no answer holds a secret.
    heard = [listenTo(seller), listenTo(other)];
    tenantId = await tenantOf(SELLER);
    otherTenantId = await tenantOf(OTHER_SELLER);
    await syncUntilSettled(product, seller);
    await syncUntilSettled(product, other);
    for (const each of [seller, other]) await giveFile(each);
    await dismissOne();
    await waitUntilSettled(product);
  }, WHOLE_MS);
  afterAll(async () => {
    await product[Symbol.asyncDispose]();
    await tokens[Symbol.asyncDispose]();
  });

  async function tenantOf(sellerId: string): Promise<string> {
    const query = 'select tenant_id from ingestion.seller_account where selling_partner_id = $1';
    const [account] = accountSchema.parse((await product.database.query(query, [sellerId])).rows);
    return account?.tenant_id ?? '';
  }

  async function giveFile(browser: Browser): Promise<void> {
    const body = new FormData();
    const bytes = pdfOf(['Commercial Invoice', IN_THE_FILE]);
    body.append('files', new Blob([bytes]), 'invoice.pdf');
    const headers = { 'idempotency-key': 'the file of this seller' };
    const given = await browser.request('/api/documents/upload', { method: 'POST', body, headers });
    expect(given.status).toBe(200);
    await eventually(async () => {
      const documents = await browser.get('/api/documents', documentsSchema);
      return documents.length === 1 && documents[0]?.status !== 'processing';
    });
  }

  async function dismissOne(): Promise<void> {
    const claim = (await allRecoveries(seller)).find(({ status }) => status === 'Pending');
    const dismissed = await seller.request(`/api/recoveries/${claim?.id}/dismiss`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason: SAID }),
    });
    expect(dismissed.status).toBe(200);
  }

  /** Everything that has to stay with who was given it. */
  function secrets(): Word[] {
    const sessions = [seller, other].map((each) => each.cookie('session_token') ?? '');
    const link = new URL(product.link).searchParams.get('token') ?? '';
    const words = [...secretWords(secretsOf(product)), ...tokens.heard, ...sessions, link];
    return [...words, RESTRICTED, IN_THE_FILE];
  }

  /** What every service tells whoever watches over it. */
  async function metrics(): Promise<string> {
    const ports = [...product.operationsPorts.values()];
    const pages = ports.map(async (port) => {
      const page = await fetch(`http://127.0.0.1:${port}/metrics`);
      return page.text();
    });
    return (await Promise.all(pages)).join('\n');
  }

  /** A local start keeps its secrets there; that they are found there shows that the search finds. */
  const isOwnFile = (place: string): boolean => place.startsWith(`${SECRETS_FILE}: `);

  async function expectSecret(): Promise<void> {
    const words = secrets();
    const places = await placesOf(product, words);
    expect(places.filter((place) => !isOwnFile(place))).toEqual([]);
    expect(places.length).toBeGreaterThan(TENANT_ROLES.length);
    const search = searchFor(words);
    expect(search(await metrics())).toEqual([]);
    // Sessions are told to their browsers alone, the link to whoever started the product.
    const kept = [...secretWords(secretsOf(product)), ...tokens.heard, RESTRICTED];
    expect(searchFor(kept)(heard.map((text) => text()).join('\n') + product.output)).toEqual([]);
  }

  it.each(TENANT_ROLES)('are apart for %s: it sees whom it is set for, or nobody', async (role) => {
    const { connectionString: owner = '' } = product.database.options;
    const url = roleUrl(owner, role, secretsOf(product).rolePasswords[role] ?? '');
    const tables = await readableBy(product.database, role);
    const one = await signedInAs(url, tenantId);
    const nobody = await signedInAs(url, null);
    try {
      let shared = 0;
      for (const table of tables) {
        const there = await tenantsIn(product.database, table);
        const isThere = there.includes(tenantId);
        expect([table, await tenantsIn(one, table)]).toEqual([table, isThere ? [tenantId] : []]);
        expect([table, await tenantsIn(nobody, table)]).toEqual([table, []]);
        if (isThere && there.includes(otherTenantId)) shared += 1;
      }
      expect(shared).toBeGreaterThan(0);
    } finally {
      await one.end();
      await nobody.end();
    }
  });

  it('leave no secret in clear in any table, stream, file, log, answer or figure', async () => {
    // The code, the refresh token and an access token of each, at least.
    expect(tokens.heard.length).toBeGreaterThanOrEqual(6);
    const found = await placesOf(product, [tenantId]);
    for (const place of [/^log\./, /^rm\./, /^facts\./, /^nats\//, /^logs\/ingestion/]) {
      expect(found).toContainEqual(expect.stringMatching(place));
    }
    await expectSecret();
  });

  it('say to the record what they say, and to no log and no figure', async () => {
    const places = await placesOf(product, [SAID]);
    expect(places).toContainEqual(expect.stringMatching(/^log\./));
    expect(places.filter((place) => !/^(log|rm|gateway|evidence)\.|^nats\//.test(place))).toEqual(
      [],
    );
    expect(searchFor([SAID])(await metrics())).toEqual([]);
  });

  it('would be noticed with a secret that lies about, whatever it lies in and however it is written', async () => {
    const words = secrets().filter((word) => word.length >= 12);
    const at = (word: Word, before: number) =>
      Buffer.concat([Buffer.alloc(before), Buffer.from(word)]);
    const written = words.map((word) => [
      at(word, 0).toString('hex'),
      ...[0, 1, 2].map((before) => at(word, before).toString('base64')),
    ]);
    await product.database.query('create table public.forgotten (row_of jsonb, bytes bytea)');
    const file = join(product.stateDir, 'logs', 'forgotten.log');
    try {
      for (const [index, forms] of written.entries()) {
        const row = [JSON.stringify({ deep: { forms } }), Buffer.from(words[index] ?? '')];
        await product.database.query('insert into public.forgotten values ($1, $2)', row);
      }
      writeFileSync(file, Buffer.concat(words.map((word) => Buffer.from(word))));
      const places = await placesOf(product, words);
      const countIn = (place: string) =>
        places.filter((one) => one.startsWith(`${place}: `)).length;
      expect(countIn('logs/forgotten.log')).toBeGreaterThanOrEqual(words.length);
      expect(countIn('public.forgotten')).toBeGreaterThanOrEqual(2 * words.length);
    } finally {
      await product.database.query('drop table public.forgotten');
      writeFileSync(file, '');
    }
  });

  it('leave none behind when one of them goes', async () => {
    const url = '/api/v1/integrations/disconnect?provider=amazon&purge=1';
    expect((await seller.request(url, { method: 'POST' })).status).toBe(200);
    await waitUntilSettled(product);
    await expectSecret();
    expect(await placesOf(product, [tenantId])).not.toEqual([]);
  });
});
