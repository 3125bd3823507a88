import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { streams } from '@recoup/contracts';
import { addDays, dayIn } from '@recoup/kernel';
import { openPool, openService, type RunningService } from '@recoup/service-kit';
import { createDatabase, eventually, natsServer } from '@recoup/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { evidenceSettings } from './config.js';
import { startEvidence } from './start-evidence.js';
import { detectedData } from './testing/detected.js';
import { documentOf as readDocument, giveDocument } from './testing/give-document.js';
import { pdfWith, table } from './testing/invoice-pdf.js';
import { lostRow } from './testing/rows.js';
import { openSeller, type Seller } from './testing/seller.js';

const closers: (() => PromiseLike<unknown>)[] = [];
const log = pino({ level: 'silent' });
const encryptionKey = randomBytes(32);
const lossDay = addDays(dayIn('America/Los_Angeles', new Date()), -10);

let service: RunningService;
let folder: string;
let openTenant: (tenantId: string) => Promise<Seller>;

const settings = () => ({
  STORAGE_URL: pathToFileURL(folder).href,
  DOCUMENT_ENCRYPTION_KEY: encryptionKey.toString('base64'),
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recoup-evidence-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const database = await createDatabase();
  closers.push(() => database.drop());
  const nats = await natsServer();
  closers.push(() => nats[Symbol.asyncDispose]());
  const url = database.urlOf('recoup_ingestion_follow');
  const facts = openPool({ url, name: 'testing', log, max: 2 });
  closers.push(() => facts.end());
  const common = {
    DATABASE_URL: database.urlOf('recoup_evidence_follow'),
    NATS_URL: nats.url,
    NATS_REPLICAS: 1,
    OPS_PORT: 0,
    LOG_LEVEL: 'silent',
  } as const;
  service = await openService('evidence', common, log);
  closers.push(() => service.stop());
  await startEvidence(service, evidenceSettings.parse(settings()));
  openTenant = (tenantId) =>
    openSeller({ store: service.store, facts, tenantId, sellerId: 'A1TESTSELLER' });
});
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

const gives = ({ tenantId }: Seller, bytes: Buffer, forClaim: string | null) => {
  const { pool, store } = service;
  const storageUrl = pathToFileURL(folder).href;
  return giveDocument({ pool, store, storageUrl, encryptionKey }, tenantId, { bytes, forClaim });
};
const documentOf = ({ tenantId }: Seller, id: string) => readDocument(service.store, tenantId, id);

const invoice = () =>
  pdfWith([
    [40, 40, 'Blue Kiln Ceramics Ltd.', 14],
    [40, 58, '4 Pottery Lane, Stoke'],
    [400, 40, 'INVOICE', 22],
    [400, 80, 'Invoice No. BK-118'],
    [400, 95, `Date: ${addDays(lossDay, -60)}`],
    [40, 130, 'Bill to:'],
    [40, 145, 'Harbor Pine LLC'],
    [40, 160, '12 Dock Road, Seattle'],
    ...table([40, 300, 380, 470], 220, [
      ['SKU', 'Qty', 'Unit price', 'Amount'],
      ['MUG-BLUE', '120', '3.40', '408.00'],
      ['Total GBP', '', '', '408.00'],
    ]),
  ]);

/** A claim whose value nobody knows: an invoice of its supplier shows it. */
async function valuelessClaim(seller: Seller): Promise<string> {
  const row = lostRow({ day: lossDay, referenceId: `REF-${seller.tenantId}` });
  await seller.synced({ ledger: [row] });
  const value = { basis: 'unknown', perUnit: null, total: null } as const;
  const data = detectedData({ ledger: [row], change: { value, tier: 'prompt' } });
  await seller.detected(data);
  await eventually(async () => (await seller.claim(data.claimId)).validation !== null);
  return data.claimId;
}

async function invoiceCheck(seller: Seller, claimId: string) {
  const { validation } = await seller.claim(claimId);
  return validation?.documents.find(({ type }) => type === 'supplier_invoice');
}

it('given an invoice, then it is read once, and counts for the claim from its confirmation on', async () => {
  const seller = await openTenant('reads');
  const claimId = await valuelessClaim(seller);
  expect(await invoiceCheck(seller, claimId)).toMatchObject({ status: 'Missing' });
  const documentId = await gives(seller, await invoice(), claimId);
  const read = await eventually(
    async () => {
      const state = await documentOf(seller, documentId);
      return state?.status === 'read' && state;
    },
    { timeoutMs: 60_000 },
  );
  expect(read.reading).toMatchObject({
    kind: 'invoice',
    pages: 1,
    remarks: [],
    fields: { number: 'BK-118', supplier: { name: 'Blue Kiln Ceramics Ltd.' } },
  });
  await eventually(async () =>
    (await invoiceCheck(seller, claimId))?.reasons.join().includes('waits for you to confirm'),
  );
  const { fileId, reading } = read;
  if (!reading) throw new Error('it was read');
  await seller.append(streams.document(documentId), 'claim.document_confirmed', {
    documentId,
    fileId,
    kind: reading.kind,
    fields: reading.fields,
    delivery: null,
    signedBy: null,
  });
  await eventually(async () => (await invoiceCheck(seller, claimId))?.status === 'Available');
  expect(await invoiceCheck(seller, claimId)).toMatchObject({ given: [documentId] });
  const events = await service.store.readStream('reads', streams.document(documentId));
  expect(events.map(({ type }) => type)).toEqual([
    'claim.document_uploaded',
    'claim.document_read',
    'claim.document_confirmed',
  ]);
  await seller.append(streams.document(documentId), 'claim.document_removed', {
    documentId,
    fileId,
  });
  await eventually(async () => (await invoiceCheck(seller, claimId))?.status === 'Missing');
  const { rows } = await service.pool.query('select from evidence.document_text');
  expect(rows).toEqual([]);
});

it('given bytes that no PDF reader understands, then the document is refused and its file forgotten', async () => {
  const seller = await openTenant('broken');
  const documentId = await gives(seller, Buffer.from('%PDF-1.7\nnothing\n%%EOF'), null);
  await eventually(async () => (await documentOf(seller, documentId))?.status === 'refused', {
    timeoutMs: 60_000,
  });
  await eventually(async () => {
    const names = await readdir(folder, { recursive: true });
    const { fileId = '' } = (await documentOf(seller, documentId)) ?? {};
    return !names.some((name) => name.endsWith(fileId));
  });
});

it('given a seller who asks to be forgotten, then keys, files, texts and rows are gone', async () => {
  const seller = await openTenant('forgotten');
  const documentId = await gives(seller, await invoice(), null);
  await eventually(async () => (await documentOf(seller, documentId))?.status === 'read', {
    timeoutMs: 60_000,
  });
  const wish = { sellingPartnerId: 'A1TESTSELLER', purge: true };
  await seller.append(streams.connection('forgotten'), 'sync.amazon_disconnected', wish);
  await eventually(async () => {
    const { rows } = await service.pool.query<{ n: string }>(
      `select (select count(*) from vault.document_key where tenant_id = $1)
            + (select count(*) from evidence.document where tenant_id = $1)
            + (select count(*) from evidence.document_text where tenant_id = $1)
            + (select count(*) from evidence.due_work where tenant_id = $1) as n`,
      ['forgotten'],
    );
    return rows[0]?.n === '0';
  });
  const { fileId = '' } = (await documentOf(seller, documentId)) ?? {};
  const names = await readdir(folder, { recursive: true });
  expect(names.some((name) => name.endsWith(fileId))).toBe(false);
});
