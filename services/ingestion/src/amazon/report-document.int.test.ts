import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnexpectedAnswer } from './errors.js';
import { documentBeginning, reportRows } from './report-document.js';
import type { ReportDocument } from './reports.js';
import type { ReportRow } from './tab-separated.js';

const TEXT = 'sku\tproduct-name\nA\tCafetière\n';
const latin = Buffer.from(TEXT, 'latin1');
const plain = 'text/plain';

let server: Server;
let endpoint: string;

const JAPANESE = Buffer.concat([
  Buffer.from('sku\tproduct-name\nA\t'),
  Buffer.from([0x93, 0xfa, 0x96, 0x7b]), // 日本
]);
const utf16 = Buffer.from(`\uFEFF${TEXT}`, 'utf16le');
const torn = gzipSync(TEXT.repeat(50)).subarray(0, -9);

/** More than is buffered on the way. */
const LARGE = `sku\tunits\n${'A\t1\n'.repeat(2_000_000)}`;

/** What is served under each path. */
const DOCUMENTS: Readonly<Record<string, readonly [Record<string, string>, Buffer | string]>> = {
  '/gzip-latin': [{ 'content-type': `${plain}; charset=ISO-8859-1` }, gzipSync(latin)],
  '/windows': [{ 'content-type': `${plain}; charset=windows-1252` }, latin],
  '/japanese': [{ 'content-type': `${plain}; charset="Shift_JIS"` }, JAPANESE],
  '/utf-16': [{ 'content-type': `${plain}; charset=UTF-16` }, utf16],
  '/utf-16-big-endian': [
    { 'content-type': `${plain}; charset=UTF-16` },
    Buffer.from(utf16).swap16(),
  ],
  '/encoded': [
    { 'content-type': `${plain};charset=UTF-8`, 'content-encoding': 'gzip' },
    gzipSync(TEXT),
  ],
  '/bare': [{}, `\uFEFF${TEXT}`],
  '/strange': [{ 'content-type': `${plain}; charset=klingon` }, TEXT],
  '/page': [{ 'content-type': 'text/html; charset=utf-8' }, `<p>Sorry\t${TEXT}</p>`],
  '/torn': [{ 'content-type': plain }, torn],
  '/torn-encoded': [{ 'content-type': plain, 'content-encoding': 'gzip' }, torn],
  '/nothing': [{ 'content-type': plain }, ''],
};

function answer(path: string, response: ServerResponse): void {
  const known = DOCUMENTS[path];
  if (known) response.writeHead(200, known[0]).end(known[1]);
  else if (path === '/elsewhere') response.writeHead(302, { location: '/bare' }).end();
  else if (path === '/short') {
    // Announces more than it sends, and the connection ends.
    response.writeHead(200, { 'content-type': plain, 'content-length': TEXT.length + 40 });
    response.write(TEXT, () => response.socket?.end());
  } else if (path === '/silent') {
    response.writeHead(200, { 'content-type': plain }).write(TEXT);
  } else if (path === '/large') response.writeHead(200, { 'content-type': plain }).end(LARGE);
  else if (path !== '/unanswered') response.writeHead(403).end('expired');
}

beforeAll(async () => {
  server = createServer((request, response) => answer(request.url ?? '', response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

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

  it('given windows-1252 or UTF-16 of either order, then decoded', async () => {
    expect(await read('/windows')).toEqual(ROWS);
    expect(await read('/utf-16')).toEqual(ROWS);
    expect(await read('/utf-16-big-endian')).toEqual(ROWS);
  });

  it('given Shift_JIS, then decoded', async () => {
    expect(await read('/japanese')).toEqual([{ sku: 'A', product_name: '日本' }]);
  });

  it('given gzip as the encoding of the transfer, then it is not unpacked twice', async () => {
    expect(await read('/encoded', true)).toEqual(ROWS);
  });

  it('given no charset, then UTF-8 without its byte order mark', async () => {
    expect(await read('/bare')).toEqual(ROWS);
  });

  it('given an unknown charset, a web page or a host that is not Amazon, then refused', async () => {
    await expect(read('/page')).rejects.toBeInstanceOf(UnexpectedAnswer);
    await expect(read('/strange')).rejects.toBeInstanceOf(UnexpectedAnswer);
    await expect(read('http://169.254.169.254/latest')).rejects.toBeInstanceOf(UnexpectedAnswer);
  });

  it.each([
    ['an expired address', '/expired', false],
    ['a redirect', '/elsewhere', false],
    ['a torn file', '/torn', true],
    ['a torn file that says so in its transfer only', '/torn-encoded', false],
    ['an empty file that should be packed', '/nothing', true],
    ['an empty file', '/nothing', false],
    ['a file that is shorter than announced', '/short', false],
  ])('given %s, then an error and not an empty report', async (_, path, zipped) => {
    await expect(read(path, zipped)).rejects.toThrow();
  });
});

describe('a connection on which nothing comes any more', () => {
  const options = { signal: new AbortController().signal, silenceMs: 300 };
  const rowsOf = (path: string) =>
    reportRows({ url: new URL(path, endpoint).href }, { ...options, endpoint });

  it.each(['/silent', '/unanswered'])('given %s, then it is given up', async (path) => {
    const read = async (): Promise<void> => {
      for await (const row of rowsOf(path)) expect(row).toEqual(ROWS[0]);
    };
    await expect(read()).rejects.toThrow('silent for 0.3 s');
  });

  it('given that rows are taken slowly, then that is no silence', async () => {
    let taken = 0;
    for await (const row of rowsOf('/large')) {
      if (row['sku'] !== 'A') throw new Error('another row');
      if (taken % 700_000 === 0) await setTimeout(1000);
      taken += 1;
    }
    expect(taken).toBe(2_000_000);
  });
});

describe('the beginning of a document', () => {
  it('given one that says why there is no report, then its first words', async () => {
    const options = { endpoint, signal: new AbortController().signal };
    const document = { url: new URL('/bare', endpoint).href };
    expect(await documentBeginning(document, options, 9)).toBe('sku\tprodu');
  });
});
