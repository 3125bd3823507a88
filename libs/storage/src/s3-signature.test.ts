import { expect, it } from 'vitest';
import { signedHeaders } from './s3-signature.js';

/** The examples of Amazon's own page (S3 API Reference, "Signature calculations: transferring payload in a single chunk"). */
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  sessionToken: null,
};
const at = new Date('2013-05-24T00:00:00Z');

it.each([
  ['?max-keys=2&prefix=J', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
  ['?lifecycle', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
])('GET /%s is signed as Amazon signs it', (query, signature) => {
  const url = new URL(`https://examplebucket.s3.amazonaws.com/${query}`);
  const request = { method: 'GET', url, body: new Uint8Array(), at };
  const { authorization } = signedHeaders(request, 'us-east-1', credentials);
  expect(authorization).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, ' +
      `SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`,
  );
});

it('a session’s token is sent and signed', () => {
  const url = new URL('https://examplebucket.s3.amazonaws.com/');
  const request = { method: 'GET', url, body: new Uint8Array(), at };
  const session = { ...credentials, sessionToken: 'token' };
  const headers = signedHeaders(request, 'us-east-1', session);
  expect(headers['x-amz-security-token']).toBe('token');
  expect(headers['authorization']).toContain('x-amz-date;x-amz-security-token');
});
