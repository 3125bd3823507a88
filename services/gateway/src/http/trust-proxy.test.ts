import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { trustedBy, trustProxySchema } from './trust-proxy.js';

describe('TRUST_PROXY', () => {
  it.each([
    [undefined, 0],
    ['2', 2],
    ['10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
    ['loopback,fd00::/8', ['loopback', 'fd00::/8']],
  ])('given %j, then %j', (text, expected) => {
    expect(trustProxySchema.parse(text)).toEqual(expected);
  });

  it.each([
    'true',
    '-1',
    '1.5',
    '17',
    '10.0.0.0/33',
    '::/129',
    '10.0.0',
    'proxy.example',
    '*',
    '1/2/3',
  ])('given %s, then it is refused', (text) => {
    expect(trustProxySchema.safeParse(text).success).toBe(false);
  });
});

describe('who a client is', () => {
  it.each([
    { setting: '0', forwarded: '203.0.113.9', peer: '10.0.0.1', client: '10.0.0.1' },
    { setting: '1', forwarded: '203.0.113.9', peer: '10.0.0.1', client: '203.0.113.9' },
    { setting: '1', forwarded: 'spoofed, 203.0.113.9', peer: '10.0.0.1', client: '203.0.113.9' },
    { setting: '2', forwarded: 'spoofed, 203.0.113.9, 10.2', peer: '10.1', client: '203.0.113.9' },
    {
      setting: '10.0.0.0/8',
      forwarded: 'spoofed, 203.0.113.9, 10.0.0.2',
      peer: '10.0.0.1',
      client: '203.0.113.9',
    },
    { setting: '10.0.0.0/8', forwarded: '203.0.113.9', peer: '192.0.2.7', client: '192.0.2.7' },
    { setting: 'loopback', forwarded: '203.0.113.9', peer: '10.0.0.1', client: '10.0.0.1' },
  ])(
    'given TRUST_PROXY=$setting and $forwarded from $peer, then $client',
    async ({ setting, forwarded, peer, client }) => {
      const app = fastify({ trustProxy: trustedBy(trustProxySchema.parse(setting)) });
      app.get('/', (request) => request.ip);
      const headers = { 'x-forwarded-for': forwarded };
      expect((await app.inject({ url: '/', headers, remoteAddress: peer })).body).toBe(client);
    },
  );
});
