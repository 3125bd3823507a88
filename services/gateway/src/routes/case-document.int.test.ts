import { createHash } from 'node:crypto';
import { streams, type EventData, type LedgerFact } from '@recoup/contracts';
import { eventOf, fromCommand } from '@recoup/domain';
import { openPool } from '@recoup/service-kit';
import { pino } from 'pino';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimData } from '../testing/event-data.js';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';

const HOSTILE = `<script>alert("x")</script> & 'Tasse' 杯子 \u202eteppap`;

let gateway: GatewayUnderTest;
let facts: ReturnType<typeof openPool>;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
  const url = gateway.database.urlOf('recoup_ingestion_follow');
  facts = openPool({ url, name: 'testing', log: pino({ level: 'silent' }), max: 1 });
});
afterAll(async () => {
  await facts.end();
  await gateway[Symbol.asyncDispose]();
});

const lost: LedgerFact = {
  ...{ day: '2026-08-20', fnsku: 'X0018FNSKU', asin: 'B0EXAMPLE1', sku: 'BOTTLE-750' },
  ...{ title: HOSTILE, eventType: 'Adjustments', referenceId: '7342001199', quantity: -5 },
  ...{ fulfillmentCenter: 'PHX7', disposition: 'SELLABLE', reason: 'M', country: 'US' },
  ...{ reconciledQuantity: 2, unreconciledQuantity: 3, occurredAt: null },
};

/** A claim whose row is stored, as a detection saw it. */
async function packedClaim(
  user: User,
  change: Partial<EventData<'claim.detected'>> = {},
): Promise<string> {
  const { tenantId } = user;
  const { rows } = await facts.query<{ batch: string }>(
    `insert into facts.batch (tenant_id, sync_id, kind) values ($1, 's', 'ledger') returning batch`,
    [tenantId],
  );
  await facts.query(
    `insert into facts.fact (tenant_id, kind, key, batch, group_key, data) values ($1, 'ledger', 'k1', $2, 'g', $3)`,
    [tenantId, rows[0]?.batch, JSON.stringify(lost)],
  );
  const detectionId = `detection_${tenantId}`;
  const whole = { state: 'complete', from: '2025-11-21', to: '2026-11-20' } as const;
  const started = eventOf(
    'claim.detection_started',
    {
      ...{ detectionId, syncId: null, trigger: 'manual', factsAsOf: Number(rows[0]?.batch) },
      coverage: { ledger: whole, reimbursements: whole },
    },
    { cause: fromCommand('service:testing', new Date()) },
  );
  const streamId = streams.detection(detectionId);
  await gateway.store.append({ tenantId, streamId, expected: 'any', events: [started] });
  const line = { day: '2026-08-20', reference: '7342001199', facility: 'PHX7' };
  const [id = ''] = await user.seller.claims([
    {
      detectionId,
      subject: { ...claimData().subject, productName: HOSTILE },
      allocation: [
        { ...line, kind: 'lost', quantity: 5 },
        { ...line, kind: 'found', day: '2026-08-29', quantity: 2 },
      ],
      sources: [{ kind: 'ledger', key: 'k1' }],
      ...change,
    },
  ]);
  return id;
}

async function pdfOf(user: User, id: string, address = '?format=pdf'): Promise<Uint8Array> {
  const path = `/api/recoveries/${id}/document${address}`;
  const answer = await user.fetch(path, { headers: { accept: 'application/pdf' } });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  return new Uint8Array(await answer.arrayBuffer());
}

async function textOf(file: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(file), { mergePages: true });
  return text.replaceAll(/\s+/g, ' ');
}

describe('GET /api/recoveries/:id/document', () => {
  it('given a claim, then a page that shows it, with nothing in it that could run', async () => {
    const user = await gateway.newUser();
    const id = await packedClaim(user);
    const { status, headers, text } = await user.get(`/api/recoveries/${id}/document`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-disposition')).toBe(`inline; filename="${id}.html"`);
    expect(headers.get('cache-control')).toBe('no-store');
    const style = /<style>([^]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
    );
    expect(headers.get('x-frame-options')).toBeNull();
    expect(text).not.toContain('<script');
    for (const shown of [
      ...['&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;Tasse&#39; 杯子'],
      ...['BOTTLE-750', 'fc-lost-damaged', 'an announcement', 'left to claim', '7342001199'],
      ...['Aug 20, 2026', 'Aug 29, 2026', '22.50 USD', 'lang="en-US"', 'SELLABLE'],
      'holds no payment for them',
    ]) {
      expect.soft(text).toContain(shown);
    }
  });

  it('given the same claim as a PDF, then its text is the same, and what the font lacks is told', async () => {
    const user = await gateway.newUser();
    const id = await packedClaim(user);
    const text = await textOf(await pdfOf(user, id));
    for (const shown of [
      ...['<script>alert("x")</script>', "'Tasse' [U+676F][U+5B50] [U+202E]teppap"],
      ...['BOTTLE-750', 'fc-lost-damaged', 'left to claim', '7342001199', 'Aug 20, 2026'],
      ...['Aug 29, 2026', '22.50 USD', 'are written as [U+code]', 'Inventory ledger'],
    ]) {
      expect.soft(text).toContain(shown);
    }
  });

  it('given the same claim twice, then the same bytes, by whichever way it is asked for', async () => {
    const user = await gateway.newUser();
    const id = await packedClaim(user);
    const [first, second] = [await pdfOf(user, id), await pdfOf(user, id, '')];
    expect(Buffer.compare(first, second)).toBe(0);
    expect(Buffer.from(first.subarray(0, 5)).toString()).toBe('%PDF-');
  });

  it.each([
    ['A1PA6795UKMFR9', 'de-DE', 'Im Amazon-Lager verlorene Einheiten', '20.08.2026', '22,50 EUR'],
    [
      'A13V1IB3VIYZZH',
      'fr-FR',
      'Unités perdues dans un entrepôt Amazon',
      '20 août 2026',
      '22,50 EUR',
    ],
    ['A1RKKUPIHCS9HS', 'es-ES', 'Unidades perdidas en un almacén', '20 ago 2026', '22,50 EUR'],
    ['APJ6JRA9NG5V4', 'it-IT', 'Unità perse in un magazzino', '20 ago 2026', '22,50 EUR'],
    ['A2NODRKZP88ZB9', 'en-GB', 'Units lost in an Amazon warehouse', '20 Aug 2026', '22.50 EUR'],
  ])('given marketplace %s, then it is written as %s', async (marketplaceId, ...shown) => {
    const user = await gateway.newUser();
    const total = { amount: '22.50', currency: 'EUR' };
    const id = await packedClaim(user, {
      subject: { ...claimData().subject, marketplaceId },
      value: { basis: 'paid_history', perUnit: null, total },
    });
    const { text } = await user.get(`/api/recoveries/${id}/document`);
    const pdf = await textOf(await pdfOf(user, id));
    for (const part of shown) expect.soft(text).toContain(part);
    for (const part of shown.slice(1)) expect.soft(pdf).toContain(part);
    expect.soft(pdf).not.toContain('[U+');
  });

  it('given facts that are not stored, then the packet says so, and says nothing of payments', async () => {
    const user = await gateway.newUser();
    const [id = ''] = await user.seller.claims([{ sources: [{ kind: 'ledger', key: 'gone' }] }]);
    const { text } = await user.get(`/api/recoveries/${id}/document`);
    expect(text).toContain('1 of the records that this rests on are not stored any more');
    expect(text).toContain('nothing is said about payments');
    expect(text).not.toContain('holds no payment');
  });

  it('given another seller’s claim, then 404 for page and PDF', async () => {
    const [user, other] = [await gateway.newUser(), await gateway.newUser()];
    const id = await packedClaim(other);
    for (const address of ['', '?format=pdf']) {
      expect((await user.get(`/api/recoveries/${id}/document${address}`)).status).toBe(404);
    }
  });
});
