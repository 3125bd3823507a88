import { describe, expect, it } from 'vitest';
import type { DocumentState } from '@recoup/domain';
import { fields, mugs, readAs, said, verdict } from '../testing/given.js';

describe('an invoice for a shipment', () => {
  it('is taken when it names both sides, is older than the shipment and covers its units', () => {
    expect(verdict('inbound_invoice', [said('invoice')])).toEqual({
      status: 'Available',
      reasons: [],
      given: ['document_1'],
    });
  });

  it('may have its prices redacted, and be of the day of the shipment', () => {
    const redacted = { ...fields, issuedOn: '2026-08-20', lines: [{ ...mugs, unitCost: null }] };
    expect(verdict('inbound_invoice', [said('invoice', { fields: redacted })]).status).toBe(
      'Available',
    );
  });

  it('counts for every claim of its product, also without being given for it', () => {
    const other = { ...said('invoice'), claims: [] };
    expect(verdict('inbound_invoice', [other]).status).toBe('Available');
  });

  it('of two that cover it together both are named', () => {
    const half = { ...fields, lines: [{ ...mugs, quantity: 50 }] };
    const both = [
      said('invoice', { fields: half }),
      said('invoice', { fields: half }, 'document_2'),
    ];
    expect(verdict('inbound_invoice', both).given).toEqual(['document_1', 'document_2']);
  });

  it.each<[string, DocumentState, string]>([
    ['a pro-forma', readAs('pro_forma'), 'a pro-forma invoice'],
    ['a commercial invoice', readAs('commercial_invoice'), 'a commercial invoice'],
    ['an order confirmation', readAs('order_confirmation'), 'an order confirmation'],
    ['a delivery note alone', readAs('delivery_note'), 'a delivery note'],
    [
      'a packing slip of a reseller',
      said('packing_slip', { signedBy: 'reseller' }),
      'packing slip',
    ],
    ['a packing slip that nobody signed', said('packing_slip'), 'packing slip'],
    [
      'one younger than the shipment',
      said('invoice', { fields: { ...fields, issuedOn: '2026-08-21' } }),
      'of 2026-08-21, after the shipment',
    ],
    ['one without a date', said('invoice', { fields: { ...fields, issuedOn: null } }), 'no date'],
    [
      'one without issuer',
      said('invoice', { fields: { ...fields, supplier: null } }),
      'who issued',
    ],
    [
      'one without the address of the buyer',
      said('invoice', { fields: { ...fields, buyer: { name: 'Harbor', address: null } } }),
      'no address of who bought',
    ],
    [
      'one of too few units',
      said('invoice', { fields: { ...fields, lines: [{ ...mugs, quantity: 99 }] } }),
      'cover 99 of the 100 units',
    ],
    [
      'one of another product',
      said('invoice', { fields: { ...fields, lines: [{ ...mugs, sku: 'OTHER' }] } }),
      'cover 0 of the 100 units',
    ],
    [
      'one that names the product by its ASIN alone',
      said('invoice', {
        fields: { ...fields, lines: [{ ...mugs, sku: null, asin: 'B000TEST01' }] },
      }),
      'cover 0 of the 100 units',
    ],
  ])('is rejected: %s', (_, given, reason) => {
    const { status, reasons } = verdict('inbound_invoice', [given]);
    expect(status).toBe('Rejected');
    expect(reasons.join('; ')).toContain(reason);
  });

  it('a slip that the brand owner or the manufacturer signed is taken in its place', () => {
    for (const signedBy of ['brand_owner', 'manufacturer'] as const) {
      expect(verdict('inbound_invoice', [said('packing_slip', { signedBy })]).status).toBe(
        'Available',
      );
    }
  });

  it('is missing while nobody has confirmed it, and while there is none', () => {
    expect(verdict('inbound_invoice', [readAs('invoice')])).toMatchObject({
      status: 'Missing',
      reasons: ['given.pdf waits for you to confirm what it says'],
    });
    expect(verdict('inbound_invoice', [])).toMatchObject({ status: 'Missing' });
    const others = said('invoice', { fields: { ...fields, lines: [{ ...mugs, sku: 'OTHER' }] } });
    expect(verdict('inbound_invoice', [{ ...others, claims: [] }]).status).toBe('Missing');
  });

  it('whose units an older shipment used does not cover a later one', () => {
    const shipped = [
      { shipmentId: 'FBA0', units: 60, day: '2026-08-10' },
      { shipmentId: 'FBA1', units: 100, day: '2026-08-20' },
    ];
    const { status, reasons } = verdict('inbound_invoice', [said('invoice')], { shipped });
    expect({ status, reasons }).toEqual({
      status: 'Rejected',
      reasons: ['The invoices cover 40 of the 100 units sent in FBA1'],
    });
  });
});

describe('an invoice for the value', () => {
  it('shows the cost of a unit, before the loss', () => {
    expect(verdict('supplier_invoice', [said('invoice')]).status).toBe('Available');
    const young = said('invoice', { fields: { ...fields, issuedOn: '2026-09-11' } });
    expect(verdict('supplier_invoice', [young]).status).toBe('Rejected');
    const redacted = { ...fields, lines: [{ ...mugs, unitCost: null }] };
    expect(verdict('supplier_invoice', [said('invoice', { fields: redacted })])).toMatchObject({
      status: 'Rejected',
      reasons: ['given.pdf: it shows no cost of the unit'],
    });
    expect(verdict('supplier_invoice', []).status).toBe('Missing');
  });
});
