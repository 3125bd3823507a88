import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findNatsServer, NoNatsServer } from './find-nats-server.js';
import { unpackDebianPackage } from './nats-from-debian.js';
import { downloadRelease } from './nats-from-release.js';

let folder: string;
let cacheFolder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recoup-find-nats-'));
  cacheFolder = join(folder, 'cache');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A program that runs, or one that fails whatever it is asked. */
function program(path: string, status = 0): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\nexit ${status}\n`);
  chmodSync(path, 0o755);
  return path;
}

const find = (environment: Record<string, string>): Promise<string> =>
  findNatsServer({ cacheFolder, environment, say: () => undefined });

describe('findNatsServer', () => {
  it('given NATS_SERVER_BIN, then it comes before PATH and the cache', async () => {
    const named = program(join(folder, 'named', 'server'));
    program(join(folder, 'path', 'nats-server'));
    const environment = { NATS_SERVER_BIN: named, PATH: join(folder, 'path') };
    expect(await find(environment)).toBe(named);
  });

  it('given NATS_SERVER_BIN that does not run, then it says so instead of taking another', async () => {
    const named = program(join(folder, 'named', 'server'), 1);
    const onPath = program(join(folder, 'path', 'nats-server'));
    const finding = find({ NATS_SERVER_BIN: named, PATH: join(onPath, '..') });
    await expect(finding).rejects.toThrow(NoNatsServer);
    await expect(finding).rejects.toThrow(named);
  });

  it('given one on PATH that does not run and one in the cache, then the cached one is taken', async () => {
    program(join(folder, 'path', 'nats-server'), 1);
    const cached = program(join(cacheFolder, 'debian', 'nats-server'));
    expect(await find({ PATH: join(folder, 'path') })).toBe(cached);
  });
});

const hasDebianTools = existsSync('/usr/bin/dpkg-deb');

describe.skipIf(!hasDebianTools)('unpackDebianPackage', () => {
  it('given the package, then its program is in the cache and nothing else is left there', async () => {
    const tree = join(folder, 'tree');
    program(join(tree, 'usr', 'sbin', 'nats-server'));
    mkdirSync(join(tree, 'DEBIAN'));
    writeFileSync(
      join(tree, 'DEBIAN', 'control'),
      'Package: nats-server\nVersion: 2.9\nArchitecture: all\nMaintainer: none\nDescription: a test\n',
    );
    const archive = join(folder, 'nats-server.deb');
    execFileSync('dpkg-deb', ['--build', tree, archive], { stdio: 'ignore' });
    const apt = join(folder, 'bin', 'apt-get');
    program(apt);
    // Stands in for the way to Debian's servers; unpacking is the real one.
    writeFileSync(apt, `#!/bin/sh\nexec cp ${archive} .\n`);
    vi.stubEnv('PATH', `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`);
    const found = await unpackDebianPackage(cacheFolder);
    execFileSync(found, ['--version']);
    expect(readdirSync(cacheFolder)).toEqual(['debian']);
  });
});

/** Serves a release as the official place does; `tamper` changes the archive after its checksum was taken. */
async function serveRelease(tamper: boolean): Promise<AsyncDisposable & { url: string }> {
  const archives = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    if (name === 'SHA256SUMS') {
      response.end(sums());
    } else {
      const archive = archives.get(name) ?? Buffer.alloc(0);
      response.end(tamper ? Buffer.concat([archive, Buffer.from('x')]) : archive);
    }
  });
  const sums = (): string =>
    [...archives]
      .map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`)
      .join('');
  for (const platform of ['linux-amd64', 'linux-arm64', 'darwin-amd64', 'darwin-arm64']) {
    const name = `nats-server-${VERSION}-${platform}`;
    program(join(folder, name, 'nats-server'));
    execFileSync('tar', ['-czf', `${name}.tar.gz`, name], { cwd: folder });
    archives.set(`${name}.tar.gz`, readFileSync(join(folder, `${name}.tar.gz`)));
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The version that the library names, taken from its source so that the test follows it. */
const VERSION = /VERSION = '([^']+)'/.exec(
  readFileSync(new URL('./nats-from-release.ts', import.meta.url), 'utf8'),
)?.[1] as string;

describe('downloadRelease', () => {
  it('given an archive with its published checksum, then its program is in the cache', async () => {
    await using release = await serveRelease(false);
    const found = await downloadRelease(cacheFolder, release.url);
    execFileSync(found, ['--version']);
    expect(await find({ PATH: '/nowhere' })).toBe(found);
  });

  it('given an archive that was tampered with, then it is refused and nothing is kept', async () => {
    await using release = await serveRelease(true);
    await expect(downloadRelease(cacheFolder, release.url)).rejects.toThrow(/checksum/);
    expect(existsSync(cacheFolder)).toBe(false);
  });
});
