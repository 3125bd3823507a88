import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The release that is fetched; anything from 2.9 on works. */
const VERSION = 'v2.12.7';
const RELEASES = `https://github.com/nats-io/nats-server/releases/download/${VERSION}`;

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Downloads the official release for this platform, checks it against the published SHA256SUMS, and unpacks it.
 * `releases` is another place that serves them.
 */
export async function downloadRelease(
  cacheFolder: string,
  releases: string = RELEASES,
): Promise<string> {
  const name = `nats-server-${VERSION}-${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  const archive = `${name}.tar.gz`;
  const sums = (await get(`${releases}/SHA256SUMS`)).toString();
  const expected = sums
    .split('\n')
    .find((line) => line.trim().endsWith(archive))
    ?.split(/\s+/)[0];
  if (!expected) throw new Error(`no release for ${process.platform}-${process.arch}`);
  const content = await get(`${releases}/${archive}`);
  const actual = createHash('sha256').update(content).digest('hex');
  if (actual !== expected) throw new Error('the download does not match its published checksum');

  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(join(cacheFolder, 'release-'));
  try {
    writeFileSync(join(work, archive), content);
    execFileSync('tar', ['-xzf', archive], { cwd: work, stdio: 'ignore' });
    const target = join(cacheFolder, name);
    rmSync(target, { recursive: true, force: true });
    renameSync(join(work, name), target);
    return join(target, 'nats-server');
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function get(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(120_000) });
  if (!response.ok) throw new Error(`HTTP ${response.status} for ${url}`);
  return Buffer.from(await response.arrayBuffer());
}
