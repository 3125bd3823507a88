import { describe, expect, it } from 'vitest';
import { isDocumentHost } from './document-host.js';

const SANDBOX = 'http://127.0.0.1:4010/some/path';

describe('isDocumentHost', () => {
  it.each([
    ['https://tortuga-prod-na.s3-external-1.amazonaws.com/doc?X-Amz-Expires=300', undefined],
    ['https://sellingpartnerapi-na.amazon.com/documents/1', SANDBOX],
    ['http://127.0.0.1:4010/documents/1', SANDBOX],
  ])('given %s, then it may be fetched', (url, endpoint) => {
    expect(isDocumentHost(new URL(url), endpoint)).toBe(true);
  });

  it.each([
    ['http://127.0.0.1:4010/documents/1', undefined],
    ['http://127.0.0.1:4011/documents/1', SANDBOX],
    ['http://169.254.169.254/latest/meta-data', SANDBOX],
    ['http://s3.amazonaws.com/doc', undefined],
    ['https://s3.amazonaws.com:8443/doc', undefined],
    ['https://evilamazonaws.com/doc', undefined],
    ['https://amazonaws.com.evil.example/doc', undefined],
  ])('given %s, then it may not', (url, endpoint) => {
    expect(isDocumentHost(new URL(url), endpoint)).toBe(false);
  });
});
