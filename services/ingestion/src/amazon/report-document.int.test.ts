import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnexpectedAnswer } from './errors.js';
import { reportRows } from './report-document.js';
import type { ReportDocument } from './reports.js';
import type { ReportRow } from './tab-separated.js';

const TEXT = 'sku\tproduct-name\nA\tCafetière\n';
const latin = Buffer.from(TEXT, 'latin1');
const plain = 'text/plain';

let server: Server;
let endpoint: string;

function answer(path: string, response: ServerResponse): void {
  const send = (headers: Record<string, string>, body: Buffer | string): void => {
    response.writeHead(200, headers).end(body);
  };
  if (path === '/gzip-latin')
    send({ 'content-type': `${plain}; charset=ISO-8859-1` }, gzipSync(latin));
  else if (path === '/encoded') {
    send({ 'content-type': `${plain};charset=UTF-8`, 'content-encoding': 'gzip' }, gzipSync(TEXT));
  } else if (path === '/bare') send({}, `\uFEFF${TEXT}`);
  else if (path === '/strange') send({ 'content-type': `${plain}; charset=klingon` }, TEXT);
  else if (path === '/torn') send({ 'content-type': plain }, gzipSync(TEXT).subarray(0, 20));
  else if (path === '/elsewhere') response.writeHead(302, { location: '/bare' }).end();
  else response.writeHead(403).end('expired');
}

beforeAll(async () => {
  server = createServer((request, response) => answer(request.url ?? '', response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

async function read(path: string, zipped = false): Promise<ReportRow[]> {
  const document: ReportDocument = {
    url: new URL(path, endpoint).href,
    ...(zipped ? { compressionAlgorithm: 'GZIP' } : {}),
  };
  const rows: ReportRow[] = [];
  const signal = new AbortController().signal;
  for await (const row of reportRows(document, { endpoint, signal })) rows.push(row);
  return rows;
}

const ROWS = [{ sku: 'A', product_name: 'Cafetière' }];

describe('a report document', () => {
  it('given gzip in ISO-8859-1, then unpacked and decoded by its header', async () => {
    expect(await read('/gzip-latin', true)).toEqual(ROWS);
  });

  it('given gzip as the encoding of the transfer, then it is not unpacked twice', async () => {
    expect(await read('/encoded', true)).toEqual(ROWS);
  });

  it('given no charset, then UTF-8 without its byte order mark', async () => {
    expect(await read('/bare')).toEqual(ROWS);
  });

  it('given an unknown charset or a host that is not Amazon, then refused', async () => {
    await expect(read('/strange')).rejects.toBeInstanceOf(UnexpectedAnswer);
    await expect(read('http://169.254.169.254/latest')).rejects.toBeInstanceOf(UnexpectedAnswer);
  });

  it.each([
    ['an expired address', '/expired', false],
    ['a redirect', '/elsewhere', false],
    ['a torn file', '/torn', true],
  ])('given %s, then an error and not an empty report', async (_, path, zipped) => {
    await expect(read(path, zipped)).rejects.toThrow();
  });
});
