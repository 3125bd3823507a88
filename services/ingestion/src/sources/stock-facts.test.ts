import {
  customerReturnFactSchema,
  inboundItemFactSchema,
  inboundShipmentFactSchema,
  ledgerSummaryFactSchema,
  removalOrderFactSchema,
  removalShipmentFactSchema,
  replacementFactSchema,
} from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { UnexpectedAnswer } from '../amazon/errors.js';
import { inboundItemSchema, inboundShipmentSchema } from '../amazon/inbound.js';
import { tabSeparated, type ReportRow } from '../amazon/tab-separated.js';
import { customerReturnFact } from './customer-return-fact.js';
import { inboundItemFact, inboundShipmentFact } from './inbound-fact.js';
import { ledgerSummaryFact } from './ledger-summary-fact.js';
import { removalOrderFact, removalShipmentFact } from './removal-fact.js';
import { replacementFact } from './replacement-fact.js';

/** The only row of a report with these columns, as it comes from the wire. */
async function rowOf(columns: Readonly<Record<string, string>>): Promise<ReportRow> {
  const lines = [Object.keys(columns), Object.values(columns)].map((line) => line.join('\t'));
  async function* text(): AsyncGenerator<string> {
    yield await Promise.resolve(lines.join('\r\n'));
  }
  for await (const row of tabSeparated(text())) return row;
  throw new Error('no row');
}

const RETURN = {
  'return-date': '2026-03-09T08:12:13-08:00',
  'order-id': '111-1234567-1234567',
  sku: 'SKU-1',
  asin: 'B01',
  fnsku: 'X001',
  'product-name': 'Kettle 10" Black',
  quantity: '2',
  'fulfillment-center-id': 'PHX3',
  'detailed-disposition': 'CUSTOMER_DAMAGED',
  reason: 'DEFECTIVE',
  status: 'Unit returned to inventory',
  'license-plate-number': 'LPNRR123',
  'customer-comments': 'call me at 555-0100',
};

const SUMMARY = {
  Date: '03/2026',
  FNSKU: 'X001',
  ASIN: 'B01',
  MSKU: 'SKU-1',
  Title: 'Kettle',
  Disposition: 'SELLABLE',
  'Starting Warehouse Balance': '10',
  'In Transit Between Warehouses': '1',
  Receipts: '24',
  'Customer Shipments': '-9',
  'Customer Returns': '1',
  'Vendor Returns': '0',
  'Warehouse Transfer In/Out': '-3',
  Found: '2',
  Lost: '-4',
  Damaged: '-1',
  Disposed: '0',
  'Other Events': '',
  'Ending Warehouse Balance': '20',
  'Unknown Events': '0',
  Location: 'PHX3',
};

const REMOVAL = {
  'request-date': '2026-03-01T10:00:00+00:00',
  'order-id': 'RMV1',
  'order-type': 'Return',
  'service-speed': 'Standard',
  'order-status': 'Pending',
  'last-updated-date': '',
  sku: 'SKU-1',
  fnsku: 'X001',
  disposition: 'Unsellable',
  'requested-quantity': '3',
  'cancelled-quantity': '',
  'disposed-quantity': '0',
  'shipped-quantity': '0',
  'in-process-quantity': '3',
  'removal-fee': '',
  currency: '',
};

describe('customerReturnFact', () => {
  it('given a row as Amazon writes it, then a fact that the contract accepts, in UTC', async () => {
    const fact = customerReturnFactSchema.parse(customerReturnFact(await rowOf(RETURN)));
    expect(fact).toEqual({
      returnedAt: '2026-03-09T16:12:13.000Z',
      orderId: '111-1234567-1234567',
      sku: 'SKU-1',
      asin: 'B01',
      fnsku: 'X001',
      productName: 'Kettle 10" Black',
      quantity: 2,
      fulfillmentCenter: 'PHX3',
      disposition: 'CUSTOMER_DAMAGED',
      reason: 'DEFECTIVE',
      status: 'Unit returned to inventory',
      licensePlateNumber: 'LPNRR123',
    });
  });

  it('given what the customer wrote, then it is not kept', async () => {
    expect(JSON.stringify(customerReturnFact(await rowOf(RETURN)))).not.toContain('555');
  });

  it('given a report without its disposition, then it is refused instead of read as nothing', async () => {
    const { 'detailed-disposition': _, ...columns } = RETURN;
    const row = await rowOf(columns);
    expect(() => customerReturnFact(row)).toThrow(UnexpectedAnswer);
  });
});

describe('replacementFact', () => {
  it('given a row, then both orders and both places', async () => {
    const row = await rowOf({
      'shipment-date': '2026-03-09T00:00:00+00:00',
      sku: 'SKU-1',
      asin: 'B01',
      'fulfillment-center-id': 'PHX3',
      'original-fulfillment-center-id': '',
      quantity: '1',
      'replacement-reason-code': '4',
      'replacement-amazon-order-id': '119-1',
      'original-amazon-order-id': '111-1',
    });
    expect(replacementFactSchema.parse(replacementFact(row))).toEqual({
      shippedAt: '2026-03-09T00:00:00.000Z',
      sku: 'SKU-1',
      asin: 'B01',
      fulfillmentCenter: 'PHX3',
      originalFulfillmentCenter: null,
      quantity: 1,
      reasonCode: '4',
      replacementOrderId: '119-1',
      originalOrderId: '111-1',
    });
  });
});

describe('ledgerSummaryFact', () => {
  it('given a row by month, then its first day, and what is empty unknown', async () => {
    const fact = ledgerSummaryFactSchema.parse(ledgerSummaryFact(await rowOf(SUMMARY)));
    expect(fact).toEqual({
      day: '2026-03-01',
      ...{ fnsku: 'X001', asin: 'B01', sku: 'SKU-1', title: 'Kettle' },
      ...{ disposition: 'SELLABLE', location: 'PHX3', startingBalance: 10, inTransit: 1 },
      ...{ receipts: 24, customerShipments: -9, customerReturns: 1, vendorReturns: 0 },
      ...{ transfers: -3, found: 2, lost: -4, damaged: -1, disposed: 0, other: null },
      ...{ endingBalance: 20, unknown: 0 },
    });
  });

  it('given the names of the documentation, then the same fact', async () => {
    const documented = Object.fromEntries(
      Object.entries(SUMMARY).map(([name, value]) => [name.replaceAll(' ', ''), value]),
    );
    expect(ledgerSummaryFact(await rowOf(documented))).toEqual(
      ledgerSummaryFact(await rowOf(SUMMARY)),
    );
  });

  it.each(['03/31/2026', '2026-03', '2026-03-31'])(
    'given %s, then the same month',
    async (Date) => {
      expect(ledgerSummaryFact(await rowOf({ ...SUMMARY, Date })).day).toBe('2026-03-01');
    },
  );

  it('given a date in another form, then it is refused', async () => {
    const row = await rowOf({ ...SUMMARY, Date: 'Mar 2026' });
    expect(() => ledgerSummaryFact(row)).toThrow(UnexpectedAnswer);
  });
});

describe('facts about removals', () => {
  it('given an order that waits, then what is not known yet is unknown and not zero', async () => {
    const fact = removalOrderFactSchema.parse(removalOrderFact(await rowOf(REMOVAL)));
    expect(fact).toMatchObject({
      ...{ requestedAt: '2026-03-01T10:00:00.000Z', orderType: 'Return', status: 'Pending' },
      ...{ requestedQuantity: 3, disposedQuantity: 0, shippedQuantity: 0, inProcessQuantity: 3 },
      ...{ updatedAt: null, cancelledQuantity: null, fee: null, currency: null },
    });
  });

  it('given an order that is done, then its fee as a decimal string', async () => {
    const row = await rowOf({ ...REMOVAL, 'removal-fee': '3.12', currency: 'USD' });
    expect(removalOrderFact(row)).toMatchObject({ fee: '3.12', currency: 'USD' });
  });

  it('given a parcel, then its tracking', async () => {
    const row = await rowOf({
      'request-date': '2026-03-01T10:00:00+00:00',
      'order-id': 'RMV1',
      'shipment-date': '2026-03-08',
      sku: 'SKU-1',
      fnsku: 'X001',
      disposition: 'Unsellable',
      'shipped-quantity': '3',
      carrier: 'UPS',
      'tracking-number': '1Z9',
      'removal-order-type': 'Return',
    });
    expect(removalShipmentFactSchema.parse(removalShipmentFact(row))).toMatchObject({
      ...{ orderId: 'RMV1', shippedAt: '2026-03-08T00:00:00.000Z', quantity: 3 },
      ...{ carrier: 'UPS', trackingNumber: '1Z9', orderType: 'Return' },
    });
  });
});

describe('facts about shipments to Amazon', () => {
  const shipment = {
    ShipmentId: 'FBA15DJ9SVVD',
    ShipmentName: 'March',
    ShipFromAddress: {
      Name: 'Jane Doe',
      AddressLine1: '12 Wharf Street',
      City: 'Portland',
      StateOrProvinceCode: 'OR',
      CountryCode: 'US',
      PostalCode: '97204',
    },
    DestinationFulfillmentCenterId: 'PHX3',
    ShipmentStatus: 'RECEIVING',
    AreCasesRequired: false,
  };

  it('given a shipment with its address, then only the country is kept', () => {
    const parsed = inboundShipmentSchema.parse(shipment);
    expect(inboundShipmentFactSchema.parse(inboundShipmentFact(parsed))).toEqual({
      shipmentId: 'FBA15DJ9SVVD',
      name: 'March',
      destination: 'PHX3',
      status: 'RECEIVING',
      labelPreparation: null,
      boxContentsSource: null,
      shipFromCountry: 'US',
    });
    expect(JSON.stringify(parsed)).not.toMatch(/Doe|Wharf|Portland|97204/);
  });

  it('given an item of which Amazon does not say what was received, then unknown and not zero', () => {
    const item = inboundItemSchema.parse({ SellerSKU: 'SKU-1', QuantityShipped: 12 });
    expect(inboundItemFactSchema.parse(inboundItemFact(item, 'FBA1'))).toEqual({
      ...{ shipmentId: 'FBA1', sku: 'SKU-1', fnsku: '', quantityShipped: 12 },
      ...{ quantityReceived: null, quantityInCase: null },
    });
  });

  it('given an item of no shipment, then it is refused', () => {
    const item = inboundItemSchema.parse({ SellerSKU: 'SKU-1' });
    expect(() => inboundItemFact(item)).toThrow(UnexpectedAnswer);
  });
});
