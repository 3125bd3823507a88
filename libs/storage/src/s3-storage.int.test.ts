import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { StorageAway, type FileStorage } from './file-storage.js';
import { openS3Storage } from './s3-storage.js';

/** A bucket whose server answers as the test says, for what a real one does only when it is broken. */
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
  vi.unstubAllEnvs();
});

async function bucketAnswering(listener: RequestListener): Promise<FileStorage> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return openS3Storage({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    bucket: 'evidence',
    prefix: 'sellers/',
    credentials: { accessKeyId: 'AKIA1', secretAccessKey: 'a secret', sessionToken: 'a session' },
  });
}

const file = Buffer.from('sealed bytes');
const denied =
  '<Error><Code>AccessDenied</Code><Message>AKIA1 may not see sellers/</Message></Error>';

it('what is put is signed with its digest, to the bucket by its path', async () => {
  const asked: { url: string | undefined; headers: NodeJS.Dict<string | string[]> }[] = [];
  const storage = await bucketAnswering(({ url, headers }, answer) => {
    asked.push({ url, headers });
    answer.end();
  });
  await storage.put('tenant/g0/file_1', file);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.url).toMatch(/^\/evidence\/sellers\/tenant\/g0\/file_1(\?|$)/);
  expect(asked[0]?.headers).toMatchObject({
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIA1\/\d{8}\/eu-central-1\/s3\//,
    ),
    // SHA-256 of the bytes, by `printf 'sealed bytes' | sha256sum`.
    'x-amz-content-sha256': 'f35cf5b361b0eaf7b0c02e75808e260e3f379c4745abe45552ba768e85687749',
    'x-amz-security-token': 'a session',
  });
});

describe('a server that cannot answer', () => {
  it.each([503, 500, 429])('is asked three times when it answers %i', async (status) => {
    let asked = 0;
    const storage = await bucketAnswering((_, answer) => {
      asked += 1;
      if (asked < 3) answer.writeHead(status).end('<html>busy</html>');
      else answer.end(file);
    });
    expect(await storage.get('tenant/g0/file_1').then(String)).toBe(String(file));
    expect(asked).toBe(3);
  });

  it('is given up after that, without its words', async () => {
    let asked = 0;
    const storage = await bucketAnswering((_, answer) => {
      asked += 1;
      answer.writeHead(503).end(denied);
    });
    const put = storage.put('tenant/g0/file_1', file);
    await expect(put).rejects.toThrow(StorageAway);
    await expect(put).rejects.toThrow('the file storage answered 503 to put');
    expect(asked).toBe(3);
  });

  it('is asked anew on another connection when it cuts one', async () => {
    let asked = 0;
    const storage = await bucketAnswering((_, answer) => {
      asked += 1;
      if (asked === 1) answer.socket?.destroy();
      else answer.end();
    });
    await storage.put('tenant/g0/file_1', file);
    expect(asked).toBe(2);
  });

  it('gives no part of a file for the whole', async () => {
    const storage = await bucketAnswering((_, answer) => {
      answer.writeHead(200, { 'content-length': 100 });
      answer.write(file, () => answer.socket?.destroy());
    });
    await expect(storage.get('tenant/g0/file_1')).rejects.toThrow(StorageAway);
  });
});

it('what it refuses is no missing file, is asked once, and names neither account nor key', async () => {
  let asked = 0;
  const storage = await bucketAnswering((_, answer) => {
    asked += 1;
    answer.writeHead(403, { 'content-type': 'application/xml' }).end(denied);
  });
  const got = await storage.get('tenant/g0/file_1').catch((error: unknown) => error);
  expect(got).toBeInstanceOf(StorageAway);
  expect(got).toMatchObject({ message: 'the file storage answered 403 to get' });
  expect(got).not.toHaveProperty('cause');
  expect(asked).toBe(1);
});

it('what is below a key is forgotten, however many lists that takes', async () => {
  const kept = new Set(['one', 'two', 'three', 'four', 'five'].map((name) => `a/g1/${name}`));
  const storage = await bucketAnswering(({ method, url = '' }, answer) => {
    const { pathname, searchParams } = new URL(url, 'http://bucket');
    if (method === 'DELETE') {
      kept.delete(pathname.slice('/evidence/sellers/'.length));
      answer.writeHead(204).end();
      return;
    }
    const below = [...kept].map((key) => `sellers/${key}`);
    const listed = below.filter((key) => key.startsWith(searchParams.get('prefix') ?? '?'));
    const contents = listed.slice(0, 2).map((key) => `<Contents><Key>${key}</Key></Contents>`);
    const more = `<IsTruncated>${listed.length > 2}</IsTruncated>`;
    answer.end(`<ListBucketResult>${more}${contents.join('')}</ListBucketResult>`);
  });
  await storage.forget('a/g1');
  expect([...kept]).toEqual([]);
});

it('nobody is followed, and nobody but the bucket is called, whatever the environment offers', async () => {
  for (const [name, value] of Object.entries({
    AWS_PROFILE: 'somebody',
    AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/credentials',
    AWS_DEFAULTS_MODE: 'auto',
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
    AWS_RETRY_MODE: 'adaptive',
  })) {
    vi.stubEnv(name, value);
  }
  const storage = await bucketAnswering((_, answer) => {
    answer.writeHead(307, { location: 'http://127.0.0.1:1/elsewhere' }).end();
  });
  const remote = new Set<string>();
  const onSocket = (message: unknown): void => {
    const { socket } = message as { socket: Socket };
    socket.once('connect', () => remote.add(`${socket.remoteAddress}:${socket.remotePort}`));
    socket.once('error', () => remote.add('a call that failed'));
  };
  subscribe('net.client.socket', onSocket);
  try {
    await expect(storage.put('tenant/g0/file_1', file)).rejects.toThrow('answered 307');
  } finally {
    unsubscribe('net.client.socket', onSocket);
  }
  const { port } = servers[0]?.address() as AddressInfo;
  expect([...remote]).toEqual([`127.0.0.1:${port}`]);
});
