import { currencyDigits, dayIn } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import {
  currencyAtMarketplace,
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
