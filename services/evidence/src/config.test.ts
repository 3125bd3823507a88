import { BadSetting, readSettings } from '@recoup/service-kit';
import { describe, expect, it } from 'vitest';
import { evidenceSettings } from './config.js';

const read = (environment: Record<string, string>) => readSettings(evidenceSettings, environment);

describe('given no settings', () => {
  it('then a person files', () => {
    expect(read({})).toEqual({
      CLAIM_ANSWER_DAYS: 60,
      CLAIM_SUBMISSION: 'queue',
      WEBHOOK_LOCAL: 'off',
      FILING_LEASE_SECONDS: 10,
    });
  });
});

describe('given wrong settings', () => {
  it.each([
    ['a sandbox without its desk', { CLAIM_SUBMISSION: 'sandbox' }, 'CASE_DESK_URL'],
    ['a webhook without its address', { CLAIM_SUBMISSION: 'webhook' }, 'WEBHOOK_URL'],
    ['a webhook in clear', { WEBHOOK_URL: 'http://desk.example' }, 'WEBHOOK_URL'],
    ['a secret that is none', { WEBHOOK_SECRET: 'whsec_short' }, 'WEBHOOK_SECRET'],
    ['a consent that is neither', { AUTO_FILE_DEFAULT: 'yes' }, 'AUTO_FILE_DEFAULT'],
    ['no case at all a day', { FILING_PER_DAY: '0' }, 'FILING_PER_DAY'],
    ['a word that is none', { CLAIM_SUBMISSION: 'fax' }, 'CLAIM_SUBMISSION'],
    ['a desk that is no web address', { CASE_DESK_URL: 'ftp://desk' }, 'CASE_DESK_URL'],
    ['cents in the limit', { CLAIM_APPROVAL_LIMIT: '499.99' }, 'CLAIM_APPROVAL_LIMIT'],
    ['no lease at all', { FILING_LEASE_SECONDS: '0' }, 'FILING_LEASE_SECONDS'],
  ])('then %s is refused by name', (_, environment, name) => {
    expect(() => read(environment as Record<string, string>)).toThrow(BadSetting);
    expect(() => read(environment as Record<string, string>)).toThrow(name);
  });
});
