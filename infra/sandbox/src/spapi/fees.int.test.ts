import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { feesRequest } from '../testing/conversations/fees.js';
import { CA_ID, CA_SELLER, refusal, startRig, US_ID, type Rig } from '../testing/rig.js';
import { transactionsPage, truth } from '../testing/shapes.js';

let rig: Rig;
let token: string;
beforeAll(async () => {
  rig = await startRig();
  token = await rig.accessToken(CA_SELLER);
});
afterAll(() => rig[Symbol.asyncDispose]());

type Row = Readonly<Record<string, string>>;
const cents = (amount: string | number | undefined) => Math.round(Number(amount) * 100);
const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly marketplaceIds?: readonly string[];
}

/** The rows of a report by the names of its columns; null when Amazon ends it without data. */
async function report(
  reportType: string,
  { from, to, marketplaceIds = [US_ID, CA_ID] }: Asked,
): Promise<Row[] | null> {
  const body = { reportType, marketplaceIds, dataStartTime: from, dataEndTime: to };
  const path = '/reports/2021-06-30/reports';
  const created = (await rig.call(path, { method: 'POST', token, body })).json;
  const { reportId } = z.object({ reportId: z.string() }).parse(created);
  rig.advance(60_000);
  const made = (await rig.call(`${path}/${reportId}`, { token })).json;
  const { processingStatus, reportDocumentId } = z
    .object({ processingStatus: z.string(), reportDocumentId: z.string().optional() })
    .parse(made);
  if (processingStatus === 'CANCELLED') return null;
  const document = `/reports/2021-06-30/documents/${reportDocumentId ?? ''}`;
  const { url } = z.object({ url: z.string() }).parse((await rig.call(document, { token })).json);
  const file = await fetch(url);
  const charset = /charset=(\S+)/.exec(file.headers.get('content-type') ?? '')?.[1];
  const text = gunzipSync(Buffer.from(await file.arrayBuffer())).toString(
    charset === 'UTF-8' ? 'utf8' : 'latin1',
  );
  const [header = [], ...lines] = text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split('\t'));
  return lines.map((cells) =>
    Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])),
  );
}

async function transactions(from: string, to: string) {
  const all = [];
  let next: string | undefined;
  do {
    const query = `postedAfter=${from}&postedBefore=${to}${next ? `&nextToken=${next}` : ''}`;
    const reply = await rig.call(`/finances/2024-06-19/transactions?${query}`, { token });
    const { payload } = transactionsPage.parse(reply.json);
    all.push(...payload.transactions);
    next = payload.nextToken;
  } while (next !== undefined);
  return all;
}

const storageIn = (rows: readonly Row[], country: string) =>
  sum(
    rows
      .filter((row) => row['country_code'] === country)
      .map((row) => cents(row['estimated_monthly_storage_fee'])),
  );

type Transactions = Awaited<ReturnType<typeof transactions>>;
type Item = Transactions[number]['items'][number];

/** What was charged for fulfilling one unit, by SKU, in cents. */
function chargedForOne(all: Transactions): Map<string, number> {
  const shipped = all.filter(({ transactionType }) => transactionType === 'Shipment');
  const fees = new Map<string, number>();
  for (const item of shipped.flatMap(({ items }) => items)) {
    const { sku, quantityShipped: units } = item.contexts[0] ?? {};
    const fee = fulfilmentOf(item);
    if (sku && units && fee) fees.set(sku, -cents(fee.breakdownAmount.currencyAmount) / units);
  }
  return fees;
}

function fulfilmentOf({ breakdowns }: Item) {
  const amazon = breakdowns?.find(({ breakdownType }) => breakdownType === 'AmazonFees');
  return amazon?.breakdowns.find(
    ({ breakdownType }) => breakdownType === 'FBAPerUnitFulfillmentFee',
  );
}

describe('given storage fees', () => {
  const STORAGE = 'GET_FBA_STORAGE_FEE_CHARGES_DATA';
  const AGED = 'GET_FBA_FULFILLMENT_LONGTERM_STORAGE_FEE_CHARGES_DATA';

  test('then a month costs in transactions what its report says, to the cent and in each country', async () => {
    for (const [month, next] of [
      ['2025-07', '2025-08'],
      ['2025-11', '2025-12'],
      ['2026-01', '2026-02'],
    ]) {
      const rows = await report(STORAGE, { from: `${month}-01`, to: `${next}-01` });
      const posted = await transactions(`${next}-10`, `${next}-11`);
      for (const [id, country] of [
        [US_ID, 'US'],
        [CA_ID, 'CA'],
      ] as const) {
        const fees = posted.filter(
          ({ description, marketplaceDetails }) =>
            description === 'FBAStorageFee' && marketplaceDetails.marketplaceId === id,
        );
        const charged = storageIn(rows ?? [], country);
        expect(charged).toBeGreaterThan(0);
        expect(fees.map((fee) => cents(fee.totalAmount.currencyAmount))).toEqual([-charged]);
      }
    }
  });

  test('then each row can be reckoned from its own figures', async () => {
    const rows = await report(STORAGE, { from: '2025-11-01', to: '2025-12-01' });
    for (const row of rows ?? []) {
      const volume = Number(row['item_volume']) * Number(row['average_quantity_on_hand']);
      const fee = cents(row['estimated_monthly_storage_fee']);
      expect(Math.abs(volume * Number(row['base_rate']) * 100 - fee)).toBeLessThan(0.51);
      expect(row['month_of_charge']).toBe('2025-11');
    }
  });

  test('when a month is not published, then there is no report of it yet', async () => {
    const february = { from: '2026-02-01', to: '2026-03-01' };
    expect(await report(STORAGE, february)).toBeNull(); // on 10 March, before five o'clock of the world's end
    expect(await report(STORAGE, { from: '2026-01-01', to: '2026-02-01' })).not.toBeNull();
  });

  test('then surcharges for aged stock are posted to the cent, too', async () => {
    const rows = await report(AGED, { from: '2026-02-15', to: '2026-02-16' });
    expect(rows?.length).toBeGreaterThan(0);
    const posted = await transactions('2026-02-18', '2026-02-19');
    const fees = posted.filter(({ description }) => description === 'FBALongTermStorageFee');
    expect(sum(fees.map((fee) => cents(fee.totalAmount.currencyAmount)))).toBe(
      -sum((rows ?? []).map((row) => cents(row['amount-charged']))),
    );
    for (const row of rows ?? []) expect(row['snapshot-date']).toContain('2026-02-15');
  });

  test('then the truth counts the rows of all reports', async () => {
    const { counts } = truth.parse((await rig.call(`/sandbox/sellers/${CA_SELLER}/truth`)).json);
    const year = { from: '2025-03-01', to: '2026-03-10' };
    expect(await report(STORAGE, year)).toHaveLength(counts['storageFeeRows'] ?? -1);
    expect(await report(AGED, year)).toHaveLength(counts['agedStorageFeeRows'] ?? -1);
  });
});

const estimates = z.array(
  z.object({
    Status: z.string(),
    FeesEstimateIdentifier: z.object({ SellerInputIdentifier: z.string() }),
    FeesEstimate: z
      .object({
        TotalFeesEstimate: z.object({ CurrencyCode: z.string(), Amount: z.number() }),
        FeeDetailList: z.array(
          z.object({ FeeType: z.string(), FinalFee: z.object({ Amount: z.number() }) }),
        ),
      })
      .optional(),
    Error: z.object({ Type: z.string(), Message: z.string() }).optional(),
  }),
);

describe('given fees of products', () => {
  const PATH = '/products/fees/v0/feesEstimate';
  const PREVIEW = 'GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA';
  const early = { from: '2026-03-06T00:00:00Z', to: '2026-03-06T00:00:00Z' };
  const preview = async () => (await report(PREVIEW, { ...early, marketplaceIds: [US_ID] })) ?? [];
  const ask = (body: unknown) => rig.call(PATH, { method: 'POST', token, body });

  test('then the preview and what was charged lately agree', async () => {
    const rows = await preview();
    const wrong = truth.parse((await rig.call(`/sandbox/sellers/${CA_SELLER}/truth`)).json);
    const cases = new Set([...wrong.feeClaims, ...wrong.feeLookAlikes].map(({ sku }) => sku));
    const fees = chargedForOne(await transactions('2026-02-20', '2026-03-10'));
    const compared = rows.filter(({ sku = '' }) => fees.has(sku) && !cases.has(sku));
    expect(compared.length).toBeGreaterThan(20);
    for (const { sku = '', 'expected-fulfillment-fee-per-unit': expected } of compared) {
      expect({ sku, cents: fees.get(sku) }).toEqual({ sku, cents: cents(expected) });
    }
  });

  test('then an estimate at the price of the preview has the fees of the preview', async () => {
    const [first] = await preview();
    const request = feesRequest(first?.['sku'] ?? '', { amount: Number(first?.['your-price']) });
    const [estimate] = estimates.parse((await ask([request])).json);
    expect(estimate?.FeesEstimate?.TotalFeesEstimate).toEqual({
      CurrencyCode: 'USD',
      Amount: Number(first?.['estimated-fee-total']),
    });
    expect(estimate?.FeesEstimate?.FeeDetailList.map(({ FeeType }) => FeeType)).toEqual([
      'ReferralFee',
      'FBAFees',
    ]);
  });

  test('when a preview begins less than 72 hours ago, then there is none', async () => {
    const late = { from: '2026-03-09T00:00:00Z', to: '2026-03-09T00:00:00Z' };
    expect(await report(PREVIEW, late)).toBeNull();
  });

  test('given a batch with a product nobody lists, then that one is refused and the others are answered', async () => {
    const sku = (await preview())[0]?.['sku'] ?? '';
    const body = [feesRequest(sku, {}), feesRequest('NOBODY', {})];
    const answers = estimates.parse((await ask(body)).json);
    expect(answers.map(({ Status }) => Status)).toEqual(['Success', 'ClientError']);
    expect(answers.map((one) => one.FeesEstimateIdentifier.SellerInputIdentifier)).toEqual([
      `of ${sku}`,
      'of NOBODY',
    ]);
    expect(answers[1]?.Error).toMatchObject({ Type: 'Sender' });
  });

  test('when Amazon fails at one product of a batch, then the next asking has it', async () => {
    const sku = (await preview())[0]?.['sku'] ?? '';
    const fault = { operation: 'getMyFeesEstimates', mode: 'service_error' };
    await rig.call('/sandbox/faults', { method: 'POST', body: fault });
    const status = async () => estimates.parse((await ask([feesRequest(sku, {})])).json)[0]?.Status;
    expect(await status()).toBe('ServiceError');
    expect(await status()).toBe('Success');
  });

  test('when more than twenty are asked, or a marketplace that is none, then all is refused', async () => {
    const many = Array.from({ length: 21 }, () => feesRequest('A', {}));
    expect(refusal(await ask(many))).toMatchObject({ status: 400, code: 'InvalidInput' });
    const nowhere = [feesRequest('A', { marketplaceId: 'INVALIDMARKETPLACEID' })];
    expect(refusal(await ask(nowhere))).toMatchObject({ status: 400 });
  });
});
