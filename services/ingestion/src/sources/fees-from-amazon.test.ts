import {
  agedStorageFeeFactSchema,
  feePreviewFactSchema,
  storageFeeFactSchema,
} from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { UnexpectedAnswer } from '../amazon/errors.js';
import { tabSeparated, type ReportRow } from '../amazon/tab-separated.js';
import { feePreviewFact } from './fee-preview-fact.js';
import { reportDecimal } from './report-decimal.js';
import { agedStorageFeeFact, storageFeeFact } from './storage-fee-fact.js';

/** One row as a report brings it, under the names of its own header. */
async function rowOf(cells: Readonly<Record<string, string>>): Promise<ReportRow> {
  const text = `${Object.keys(cells).join('\t')}\r\n${Object.values(cells).join('\t')}\r\n`;
  const rows = [];
  for await (const row of tabSeparated(chunks(text))) rows.push(row);
  return rows[0] ?? {};
}

async function* chunks(text: string): AsyncGenerator<string> {
  await Promise.resolve();
  yield text;
}

describe('a decimal number of a report', () => {
  it.each([
    ['12.34', '12.34'],
    ['-0.5', '-0.5'],
    ['+3', '3'],
    ['1,234.56', '1234.56'],
    ['1.234,56', '1234.56'],
    ['12,5', '12.5'],
    ['0,453', '0.453'],
    ['1.2E-4', '0.00012'],
    ['12.5e2', '1250'],
    ['123456789012345678.01', '123456789012345678.01'],
  ])('given %s, then it is %s', (text, decimal) => {
    expect(reportDecimal(text, 'fee')).toBe(decimal);
  });

  it.each(['1,234', '12.345.678', '', 'free', '1,2,3', '$3.00', '12 34'])(
    'given %s, which may mean several things or none, then it is refused',
    (text) => {
      expect(() => reportDecimal(text, 'fee')).toThrow(UnexpectedAnswer);
    },
  );
});

const storage = {
  asin: 'B01',
  fnsku: 'X001',
  product_name: 'Kettle 10"',
  fulfillment_center: 'PHX3',
  country_code: 'US',
  longest_side: '10.00',
  median_side: '7.60',
  shortest_side: '7.00',
  measurement_units: 'inches',
  weight: '2.40',
  weight_units: 'pounds',
  item_volume: '0.3079',
  volume_units: 'cubic feet',
  product_size_tier: 'Large standard-size',
  average_quantity_on_hand: '31.27',
  average_quantity_pending_removal: '0.00',
  estimated_total_item_volume: '9.6280',
  month_of_charge: '2026-02',
  storage_utilization_ratio: '--',
  base_rate: '0.78',
  utilization_surcharge_rate: '0.00',
  currency: 'USD',
  estimated_monthly_storage_fee: '7.51',
  dangerous_goods_storage_type: '--',
  total_incentive_fee_amount: '0.00',
};

describe('storageFeeFact', () => {
  it('given the report with underscores or with hyphens, then both are the same fact', async () => {
    const hyphens = Object.fromEntries(
      Object.entries(storage).map(([name, value]) => [name.replaceAll('_', '-'), value]),
    );
    const fact = storageFeeFactSchema.parse(storageFeeFact(await rowOf(storage)));
    expect(storageFeeFact(await rowOf(hyphens))).toEqual(fact);
    expect(fact).toMatchObject({
      month: '2026-02',
      fnsku: 'X001',
      itemVolume: '0.3079',
      averageQuantityOnHand: '31.27',
      fee: '7.51',
      storageUtilizationRatio: null,
      dangerousGoodsType: null,
      measure: { longestSide: '10.00', weight: '2.40', sizeTier: 'Large standard-size' },
    });
  });

  it('given decimals with a comma, then the amounts are the same', async () => {
    const comma = { ...storage, estimated_monthly_storage_fee: '7,51', item_volume: '0,3079' };
    expect(storageFeeFact(await rowOf(comma))).toEqual(storageFeeFact(await rowOf(storage)));
  });

  it.each(['estimated_monthly_storage_fee', 'month_of_charge', 'fnsku', 'item_volume', 'currency'])(
    'given a report without %s, then it is refused',
    async (column) => {
      const { [column as keyof typeof storage]: _, ...rest } = storage;
      const row = await rowOf(rest);
      expect(() => storageFeeFact(row)).toThrow(UnexpectedAnswer);
    },
  );

  it('given a fee that Amazon does not state, then the row is refused and not taken for free', async () => {
    const row = await rowOf({ ...storage, estimated_monthly_storage_fee: '--' });
    expect(() => storageFeeFact(row)).toThrow(UnexpectedAnswer);
  });

  it('given a month in words, then it is refused', async () => {
    const row = await rowOf({ ...storage, month_of_charge: 'Feb 2026' });
    expect(() => storageFeeFact(row)).toThrow(UnexpectedAnswer);
  });
});

describe('agedStorageFeeFact', () => {
  const aged = {
    'snapshot-date': '2026-02-15T00:00:00+00:00',
    sku: 'US-1',
    fnsku: 'X001',
    asin: 'B01',
    'product-name': 'Kettle',
    condition: 'New',
    'per-unit-volume': '0.3079',
    currency: 'USD',
    'volume-unit': 'cubic feet',
    country: 'US',
    'qty-charged': '6',
    'amount-charged': '2.77',
    'surcharge-age-tier': '181-270 days',
    'rate-surcharge': '1.50',
  };

  it.each(['2026-02-15T00:00:00+00:00', '2026-02-15', '02/15/2026'])(
    'given a count of %s, then it is of that day',
    async (date) => {
      const row = await rowOf({ ...aged, 'snapshot-date': date });
      const fact = agedStorageFeeFactSchema.parse(agedStorageFeeFact(row));
      expect(fact).toMatchObject({ snapshotDay: '2026-02-15', quantityCharged: 6, rate: '1.50' });
    },
  );

  it('given half a unit, then it is refused', async () => {
    const row = await rowOf({ ...aged, 'qty-charged': '0.5' });
    expect(() => agedStorageFeeFact(row)).toThrow(UnexpectedAnswer);
  });
});

const preview = {
  sku: 'US-1',
  fnsku: 'X001',
  asin: 'B01',
  'product-name': 'Kettle',
  'product-group': 'Kitchen',
  brand: '--',
  'fulfilled-by': 'Amazon',
  'your-price': '34.99',
  'sales-price': '--',
  'longest-side': '10.00',
  'median-side': '7.60',
  'shortest-side': '7.00',
  'length-and-girth': '39.20',
  'unit-of-dimension': 'inches',
  'item-package-weight': '2.40',
  'unit-of-weight': 'pounds',
  'product-size-tier': 'Large standard-size',
  currency: 'USD',
  'estimated-fee-total': '10.83',
  'estimated-referral-fee-per-unit': '5.25',
  'estimated-variable-closing-fee': '--',
  'expected-fulfillment-fee-per-unit': '5.58',
};

describe('feePreviewFact', () => {
  it('given the columns of the United States, then what Amazon states, and null for what it does not know', async () => {
    const fact = feePreviewFactSchema.parse(feePreviewFact(await rowOf(preview), 'ATVPDKIKX0DER'));
    expect(fact).toMatchObject({
      marketplaceId: 'ATVPDKIKX0DER',
      price: '34.99',
      salesPrice: null,
      closing: null,
      fulfillmentPerUnit: '5.58',
      crossBorderPerUnit: null,
      measure: { sizeTier: 'Large standard-size', lengthAndGirth: '39.20' },
    });
  });

  it('given the columns of Europe, then the fee at home and those abroad', async () => {
    const {
      'product-size-tier': _,
      'expected-fulfillment-fee-per-unit': __,
      ...shared
    } = { ...preview, currency: 'EUR', 'your-price': '34,99' };
    const european = {
      ...shared,
      'product-size-weight-band': 'Standard parcel',
      'expected-domestic-fulfilment-fee-per-unit': '4,10',
      'expected-efn-fulfilment-fee-per-unit-uk': '--',
      'expected-efn-fulfilment-fee-per-unit-fr': '6,35',
    };
    const fact = feePreviewFactSchema.parse(
      feePreviewFact(await rowOf(european), 'A1PA6795UKMFR9'),
    );
    expect(fact).toMatchObject({
      price: '34.99',
      fulfillmentPerUnit: '4.10',
      crossBorderPerUnit: { FR: '6.35' },
      measure: { sizeTier: 'Standard parcel' },
    });
  });

  it('given a product that was never measured, then its sides and fees are unknown and not zero', async () => {
    const unmeasured = {
      ...preview,
      'longest-side': '--',
      'expected-fulfillment-fee-per-unit': '--',
    };
    const fact = feePreviewFact(await rowOf(unmeasured), 'ATVPDKIKX0DER');
    expect([fact.measure.longestSide, fact.fulfillmentPerUnit]).toEqual([null, null]);
  });

  it('given a report that names the fulfilment fee in no known way, then it is refused', async () => {
    const { 'expected-fulfillment-fee-per-unit': fee, ...rest } = preview;
    const row = await rowOf({ ...rest, 'fulfilment-cost': fee });
    expect(() => feePreviewFact(row, 'ATVPDKIKX0DER')).toThrow(UnexpectedAnswer);
  });
});
