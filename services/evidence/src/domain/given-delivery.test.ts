import type { ClaimSubtype } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { readAs, said, verdict, type Word } from '../testing/given.js';
import { restsOnDocuments } from './given-documents.js';

const delivery: NonNullable<Word['delivery']> = {
  mode: 'freight',
  shipmentId: 'FBA1',
  reference: null,
  deliveredOn: null,
  boxes: 12,
  weight: '210 kg',
  appointmentId: '700',
  carrierSigned: true,
  receiverSigned: true,
  confirmedBy: null,
};

describe('a proof of delivery', () => {
  it.each<[string, Partial<typeof delivery>]>([
    ['a bill of lading with both stamps', {}],
    [
      'a parcel with a delivered scan',
      { mode: 'parcel', reference: '1Z', deliveredOn: '2026-08-19' },
    ],
    ['an electronic one of Amazon Freight', { mode: 'amazon_freight', confirmedBy: 'J. Doe' }],
    ['the events of a shipment through AWD', { mode: 'awd', deliveredOn: '2026-08-19' }],
  ])('is taken: %s', (_, change) => {
    const given = said('bill_of_lading', { delivery: { ...delivery, ...change } });
    expect(verdict('proof_of_delivery', [given]).status).toBe('Available');
  });

  it.each<[string, Partial<typeof delivery>, string]>([
    ['without the carrier', { carrierSigned: false }, 'of the carrier'],
    ['without the fulfilment centre', { receiverSigned: false }, 'of the fulfilment centre'],
    ['without boxes', { boxes: null }, 'number of boxes'],
    ['without weight', { weight: null }, 'weight'],
    ['without appointment', { appointmentId: null }, 'appointment'],
    ['a parcel without scan', { mode: 'parcel', reference: '1Z' }, 'scan of the delivery'],
    ['of Amazon Freight without who confirmed', { mode: 'amazon_freight' }, 'Confirmed By'],
    ['of another shipment', { shipmentId: 'FBA2' }, 'of shipment FBA2'],
  ])('is rejected: %s', (_, change, reason) => {
    const given = said('bill_of_lading', { delivery: { ...delivery, ...change } });
    const { status, reasons } = verdict('proof_of_delivery', [given]);
    expect(status).toBe('Rejected');
    expect(reasons.join()).toContain(reason);
  });

  it('is not needed of a partnered carrier, and counts only for the claim it was given to', () => {
    expect(verdict('proof_of_delivery', [], { partnered: true }).status).toBe('Available');
    const elsewhere = { ...said('bill_of_lading', { delivery }), claims: ['claim_other'] };
    expect(verdict('proof_of_delivery', [elsewhere]).status).toBe('Missing');
    expect(verdict('delivery_scan', [said('proof_of_delivery', { delivery })]).status).toBe(
      'Available',
    );
  });
});

describe('photos', () => {
  it('are taken for the claim they were given to, once they were looked into', () => {
    const photo = readAs('photo', { mediaType: 'image/jpeg', name: 'unit.jpg' });
    for (const type of ['photos', 'dimension_photos'] as const) {
      expect(verdict(type, [photo]).status).toBe('Available');
      expect(verdict(type, [{ ...photo, claims: [] }]).status).toBe('Missing');
      expect(verdict(type, [{ ...photo, status: 'uploaded', reading: null }]).status).toBe(
        'Missing',
      );
      expect(verdict(type, [readAs('invoice')]).status).toBe('Missing');
    }
  });
});

it.each<[ClaimSubtype, boolean]>([
  ['inbound_shortage', true],
  ['removal_damaged', true],
  ['refund_not_returned', false],
])('%s rests on what a person gives: %s', (subtype, rests) => {
  expect(restsOnDocuments(subtype)).toBe(rests);
});
