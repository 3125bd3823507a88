import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROWS = 1_000_000;
const READER = new URL('../../dist/amazon/report-document.js', import.meta.url).href;

/** Counts the rows of the document at `argv[1]`, and sums one column. */
const SCRIPT = `
  const { reportRows } = await import(${JSON.stringify(READER)});
  const [endpoint] = process.argv.slice(-1);
  const document = { url: endpoint + '/report', compressionAlgorithm: 'GZIP' };
  let rows = 0;
  let units = 0;
  for await (const row of reportRows(document, { endpoint, signal: new AbortController().signal })) {
    rows += 1;
    units += Number(row.quantity);
  }
  process.stdout.write(JSON.stringify({ rows, units }));
`;

function* lines(): Generator<string> {
  yield '"Date"\t"FNSKU"\t"Title"\t"Quantity"\r\n';
  for (let first = 0; first < ROWS; first += 1000) {
    const portion = Array.from(
      { length: 1000 },
      (_, at) => `"03/09/2026"\t"X00${first + at}"\t"Cast Iron Skillet 10"" Black"\t"-2"\r\n`,
    );
    yield portion.join('');
  }
}

let server: Server;

beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; charset=UTF-8' });
    Readable.from(lines())
      .pipe(createGzip({ level: 1 }))
      .pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => server.close());

describe('a report of a million rows', () => {
  it('given a heap that holds a small part of it, then every row is read', async () => {
    const { port } = server.address() as AddressInfo;
    const flags = ['--max-old-space-size=24', '--input-type=module', '--eval', SCRIPT];
    const child = spawn(process.execPath, [...flags, `http://127.0.0.1:${port}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    expect(JSON.parse(await text(child.stdout))).toEqual({ rows: ROWS, units: -2 * ROWS });
  }, 180_000);
});
