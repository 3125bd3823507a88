import { eventually } from '@recoup/testkit';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { json, pdf, send } from './testing/documents.js';
import {
  describedRequests,
  type DescribedRequest,
  type DescribedRequests,
} from './testing/described-requests.js';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from './testing/gateway-under-test.js';
import { standInForIngestion } from './testing/ingestion-stand-in.js';
import { furnish, markOf, sellerIdOf, SHARED_KEY } from './testing/two-sellers.js';

let gateway: GatewayUnderTest;
let owner: Client;
/** Two sellers who have the same and do the same; one of them names what is Bob's, the other what is nobody's. */
let alice: User;
let twin: User;
let bob: User;
let operations: DescribedRequests[];
/** Everything by which something of Bob's could be named, and beside each something of that shape that never was. */
let foreign: readonly string[];
let unknownOf: ReadonlyMap<string, string>;

const ID = /\b[a-z]+_[0-9a-f]{20,40}\b/g;
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** Its answer names the end of the page, in a cursor. */
const A_PAGE_WITH_MORE: DescribedRequest = {
  ...{ method: 'GET', path: '/api/filing-queue?limit=1', body: null, isForm: false },
};

/** Left out: what ends the session or the data with which all others are asked. A case of its own asks them. */
const ENDS = /^POST \/api\/(auth\/logout|v1\/integrations\/disconnect)$/;

beforeAll(async () => {
  gateway = await openGatewayUnderTest({
    ...{ RATE_LIMIT_USER: '0', RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_PUBLIC: '0' },
  });
  const refused = { outcome: 'refused', code: 'amazon_refused', message: 'Refused.' } as const;
  standInForIngestion(gateway).answer = () => Promise.resolve(refused);
  owner = new Client({ connectionString: gateway.database.adminUrl });
  owner.on('error', () => undefined);
  await owner.connect();
  [alice, twin, bob] = await Promise.all([gateway.newUser(), gateway.newUser(), gateway.newUser()]);
  for (const user of [alice, twin, bob]) await furnish(gateway, user);
  const { text } = await gateway.stranger().get('/openapi.json');
  operations = describedRequests(JSON.parse(text)).filter(({ name }) => !ENDS.test(name));
  unknownOf = await namesOf(bob);
  foreign = [...unknownOf.keys()];
});
afterAll(async () => {
  await owner.end();
  await gateway[Symbol.asyncDispose]();
});

/** All ids in a seller's events, cursors of its lists, its own name and its products', each with an unknown one. */
async function namesOf(user: User): Promise<Map<string, string>> {
  const { rows } = await owner.query<{ text: string }>(
    `select concat(stream_id, ' ', data) as text from log.event where tenant_id = $1`,
    [user.tenantId],
  );
  const ids = new Set(rows.flatMap(({ text }) => text.match(ID) ?? []));
  const names = new Map(
    [...ids].map((id) => [id, id.replace(/.$/, (c) => (c === '0' ? '1' : '0'))]),
  );
  for (const name of [user.tenantId, markOf(user), sellerIdOf(user)])
    names.set(name, `${name.slice(0, -1)}0`);
  for (const [id, unknown] of [...names]) {
    const cursor = (of: string): string =>
      Buffer.from(JSON.stringify(['2026-11-30T00:00:00.000Z', of])).toString('base64url');
    names.set(cursor(id), cursor(unknown));
  }
  return names;
}

interface Told {
  readonly status: number;
  readonly text: string;
}

async function ask(user: User, { method, path, body, isForm }: DescribedRequest): Promise<Told> {
  const form = new FormData();
  form.append('files', new Blob([new Uint8Array(pdf('the same'))]), 'same.pdf');
  const sent = isForm ? { body: form } : body === null ? {} : json(body);
  const response = await user.fetch(path, { method, ...sent });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (isStream) await response.body?.cancel();
  return { status: response.status, text: isStream ? 'a stream' : opened(await response.text()) };
}

/** An answer with the cursor of its next page as the text that is in it: the ids of a page's end are in there. */
function opened(text: string): string {
  return text.replace(/("\w*[cC]ursor":)"(WyI[\w-]+)"/g, (_, name: string, cursor: string) => {
    const inside = Buffer.from(cursor, 'base64url').toString();
    return `${name}${JSON.stringify(inside)}`;
  });
}

/** An answer without what two sellers who did the same cannot have in common: ids, times, names, a consent's state. */
function masked({ status, text }: Told, user: User): Told {
  const plain = text
    .replaceAll(markOf(user), '<mark>')
    .replaceAll(sellerIdOf(user), '<seller>')
    .replaceAll(user.tenantId, '<tenant>')
    .replaceAll(ID, '<id>')
    .replaceAll(UUID, '<uuid>')
    .replaceAll(/(\bstate(?:=|":"))[\w-]{32}/g, '$1<state>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');
  return { status, text: plain };
}

/** The request in which what is Bob's is replaced by what is nobody's. */
function unknowing(request: DescribedRequest): DescribedRequest {
  const instead = (text: string): string =>
    foreign.reduce((rest, name) => rest.replaceAll(name, unknownOf.get(name) ?? name), text);
  const { path, body } = request;
  return { ...request, path: instead(path), body: JSON.parse(instead(JSON.stringify(body))) };
}

/** Both answers, and Alice's as it came. What is read may follow what was written a moment ago. */
async function answers(
  request: DescribedRequest,
): Promise<{ asked: Told; alices: Told; twins: Told }> {
  const both = async () => {
    const [asked, other] = await Promise.all([ask(alice, request), ask(twin, unknowing(request))]);
    const alices = masked({ ...asked, text: forgetting(asked.text) }, alice);
    const twins = masked({ ...other, text: forgetting(other.text) }, twin);
    return { asked, alices, twins };
  };
  let last = await both();
  if (request.method !== 'GET') return last;
  return eventually(
    async () => {
      if (JSON.stringify(last.alices) !== JSON.stringify(last.twins)) last = await both();
      return JSON.stringify(last.alices) === JSON.stringify(last.twins) && last;
    },
    { timeoutMs: 5000 },
  ).catch(() => last);
}

/** Answers may repeat what they were asked: the same word stands for what was named on both sides. */
function forgetting(text: string): string {
  const named = [...foreign, ...unknownOf.values()];
  return named.reduce((rest, name) => rest.replaceAll(name, '<named>'), text);
}

async function rowsOf({ tenantId }: User): Promise<Record<string, string>> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.columns
     join information_schema.tables using (table_schema, table_name)
     where column_name = 'tenant_id' and table_type = 'BASE TABLE' order by 1`,
  );
  const prints: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await owner.query<{ print: string | null }>(
      `select md5(string_agg(t::text, ' ' order by t::text)) as print from ${name} t where tenant_id = $1`,
      [tenantId],
    );
    if (rows[0]?.print) prints[name] = rows[0].print;
  }
  return prints;
}

describe('a seller who names what is another’s', () => {
  it('is answered as if it never was, by every operation, and moves nothing of it', async () => {
    const before = await rowsOf(bob);
    expect(Object.keys(before)).toEqual(
      expect.arrayContaining(['log.event', 'rm.claim_v1', 'gateway.kept_answer', 'rm.document_v1']),
    );
    expect(operations.length).toBeGreaterThan(40);
    const secrets = [markOf(bob), bob.tenantId, ...foreign];
    const request = fc.constantFrom(...operations).chain((one) => one.requests(foreign));
    await fc.assert(
      fc.asyncProperty(request, async (one) => {
        const { asked, alices, twins } = await answers(one);
        expect(alices, `${one.method} ${one.path}`).toEqual(twins);
        const echoed = decodeURIComponent(one.path) + JSON.stringify(one.body);
        const told = secrets.filter((name) => asked.text.includes(name) && !echoed.includes(name));
        expect(told, `${one.method} ${one.path}`).toEqual([]);
      }),
      { numRuns: 150, endOnFailure: true, examples: [[A_PAGE_WITH_MORE]] },
    );
    expect(await rowsOf(bob)).toEqual(before);
  }, 240_000);

  it('is told so by every operation whose address has an id, whatever kind of id it is', async () => {
    const before = await rowsOf(bob);
    const byId = operations.filter(({ name }) => name.includes('{'));
    expect(byId.length).toBeGreaterThan(20);
    const kinds = new Map(
      foreign.flatMap((name) => (name.match(ID) ? [[name.split('_')[0], name] as const] : [])),
    );
    expect(kinds.size).toBeGreaterThan(4);
    for (const operation of byId) {
      for (const name of kinds.values()) {
        const [one] = fc.sample(operation.requests([name]), { numRuns: 1, seed: 7 });
        if (!one) throw new Error(operation.name);
        const { asked, alices, twins } = await answers(one);
        expect([operation.name, alices]).toEqual([operation.name, twins]);
        expect([operation.name, asked.status >= 400]).toEqual([operation.name, true]);
      }
    }
    expect(await rowsOf(bob)).toEqual(before);
  }, 240_000);

  it('gets an answer of its own for an idempotency key that the other has used', async () => {
    const files = [[`${markOf(bob)}.pdf`, pdf(markOf(bob))]] as const;
    const kept = await send(bob, files, { key: SHARED_KEY });
    const before = await rowsOf(bob);
    const stranger = await gateway.connectedUser();
    const own = await send(stranger, files, { key: SHARED_KEY });
    expect([kept.status, own.status]).toEqual([200, 200]);
    const idsOf = (text: string): string[] => text.match(ID) ?? [];
    expect(idsOf(own.text).length).toBeGreaterThan(0);
    expect(idsOf(own.text).filter((id) => idsOf(kept.text).includes(id))).toEqual([]);
    expect(await rowsOf(bob)).toEqual(before);
  });

  it('ends its own session and data without touching the other’s', async () => {
    const before = await rowsOf(bob);
    const query = '?provider=amazon&purge=1';
    const path = `/api/v1/integrations/disconnect${query}&tenantId=${bob.tenantId}`;
    expect((await alice.post(path)).status).toBe(200);
    expect(
      (await alice.post('/api/auth/logout', json({ tenantId: bob.tenantId }))).status,
    ).toBeLessThan(400);
    expect((await bob.get('/api/auth/me')).status).toBe(200);
    expect(await rowsOf(bob)).toEqual(before);
  });
});
