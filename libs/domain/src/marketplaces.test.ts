import { currencyDigits, dayIn } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import {
  currencyAtMarketplace,
  dayAtMarketplace,
  dayBegins,
  dayInNetwork,
  marketplaceOfChannel,
  marketplaceOfCountry,
  marketplaces,
} from './marketplaces.js';

describe('given the table of marketplaces', () => {
  it('then every time zone and currency is one that exists', () => {
    for (const row of marketplaces) {
      expect(dayIn(row.timeZone, new Date(0))).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(currencyDigits(row.currency)).toBeGreaterThanOrEqual(0);
    }
  });

  it('then ids and countries are unique', () => {
    expect(new Set(marketplaces.map((row) => row.id)).size).toBe(marketplaces.length);
    expect(new Set(marketplaces.map((row) => row.country)).size).toBe(marketplaces.length);
  });

  it('then a country finds its store, however it is written, and an unknown one none', () => {
    expect(marketplaceOfCountry('us ')?.id).toBe('ATVPDKIKX0DER');
    expect(marketplaceOfCountry('UK')?.country).toBe('GB');
    expect(marketplaceOfCountry('CZ')?.country).toBe('DE');
    expect(marketplaceOfCountry('')).toBeNull();
    expect(marketplaceOfCountry('XX')).toBeNull();
  });

  it('given the name of a sales channel, then its store, and none for orders from elsewhere', () => {
    expect(marketplaceOfChannel('amazon.co.uk ')?.country).toBe('GB');
    expect(marketplaceOfChannel('Non-Amazon US')).toBeNull();
  });

  it('then a store has its currency, and an unknown one none', () => {
    expect(currencyAtMarketplace('A1VC38T7YXB528')).toBe('JPY');
    expect(currencyAtMarketplace('A0')).toBeNull();
  });

  it('then the day of an instant is the one on the marketplace wall', () => {
    expect(dayInNetwork('us', '2026-03-02T07:59:00Z')).toBe('2026-03-01');
    expect(dayInNetwork('jp', '2026-03-01T15:00:00Z')).toBe('2026-03-02');
  });
});

describe('given a calendar day at a marketplace', () => {
  it.each([
    ['ATVPDKIKX0DER', '2026-11-20', '2026-11-20T08:00:00.000Z'],
    ['ATVPDKIKX0DER', '2026-07-20', '2026-07-20T07:00:00.000Z'],
    ['A21TJRUUN4KGV', '2026-11-20', '2026-11-19T18:30:00.000Z'],
    ['A39IBJ37TRP1C6', '2026-01-20', '2026-01-19T13:00:00.000Z'],
  ])('then it begins at %s on %s at %s', (id, day, instant) => {
    const begins = dayBegins(id, day);
    expect(begins?.toISOString()).toBe(instant);
    expect(dayAtMarketplace(id, new Date(Date.parse(instant) - 1)) ?? '').not.toBe(day);
  });

  it('then one that is not known has no beginning', () => {
    expect(dayBegins('nowhere', '2026-11-20')).toBeNull();
  });
});
