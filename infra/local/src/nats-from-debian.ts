import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Unpacks Debian's nats-server into the cache without installing it, and answers its path. Needs no rights: apt checks
 * the package's signature, dpkg-deb only unpacks. As root a missing package list is fetched first.
 */
export function unpackDebianPackage(cacheFolder: string): Promise<string> {
  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(join(cacheFolder, 'debian-'));
  try {
    try {
      download(work);
    } catch (error) {
      if (process.getuid?.() !== 0) throw error;
      run('apt-get', ['update', '-qq'], work);
      download(work);
    }
    const archive = readdirSync(work).find((name) => name.endsWith('.deb'));
    if (!archive) throw new Error('apt-get downloaded nothing');
    run('dpkg-deb', ['-x', archive, 'unpacked'], work);
    const program = ['usr/sbin/nats-server', 'usr/bin/nats-server']
      .map((path) => join(work, 'unpacked', path))
      .find((path) => existsSync(path));
    if (!program) throw new Error('the package holds no nats-server');
    const target = join(cacheFolder, 'debian');
    rmSync(target, { recursive: true, force: true });
    mkdirSync(`${work}/ready`);
    cpSync(program, join(work, 'ready', 'nats-server'));
    renameSync(join(work, 'ready'), target); // in one step: a half copy is never found
    return Promise.resolve(join(target, 'nats-server'));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function download(folder: string): void {
  run('apt-get', ['download', '-qq', 'nats-server'], folder);
}

function run(command: string, args: readonly string[], cwd: string): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 });
}
