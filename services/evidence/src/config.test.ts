import { BadSetting, readSettings } from '@recoup/service-kit';
import { describe, expect, it } from 'vitest';
import { evidenceSettings } from './config.js';

const read = (environment: Record<string, string>) => readSettings(evidenceSettings, environment);

describe('given no settings', () => {
  it('then a person files, and above 500 a person approves', () => {
    expect(read({})).toEqual({
      CLAIM_SUBMISSION: 'queue',
      CLAIM_APPROVAL_LIMIT: 500,
      FILING_LEASE_SECONDS: 10,
    });
  });
});

describe('given wrong settings', () => {
  it.each([
    ['a sandbox without its desk', { CLAIM_SUBMISSION: 'sandbox' }, 'CASE_DESK_URL'],
    ['the webhook', { CLAIM_SUBMISSION: 'webhook' }, 'webhook is not available'],
    ['a word that is none', { CLAIM_SUBMISSION: 'fax' }, 'CLAIM_SUBMISSION'],
    ['a desk that is no web address', { CASE_DESK_URL: 'ftp://desk' }, 'CASE_DESK_URL'],
    ['cents in the limit', { CLAIM_APPROVAL_LIMIT: '499.99' }, 'CLAIM_APPROVAL_LIMIT'],
    ['no lease at all', { FILING_LEASE_SECONDS: '0' }, 'FILING_LEASE_SECONDS'],
  ])('then %s is refused by name', (_, environment, name) => {
    expect(() => read(environment as Record<string, string>)).toThrow(BadSetting);
    expect(() => read(environment as Record<string, string>)).toThrow(name);
  });
});
