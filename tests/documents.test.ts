import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { eventTypes } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, ROOT), 'utf8');

/** Names of the settings that a file declares: members in capitals whose value is a schema. */
function settingsIn(source: string): string[] {
  return [...source.matchAll(/^\s+([A-Z]+(?:_[A-Z]+)+):\s+[a-z]/gm)].map(([, name]) => name!);
}

/** Wherever a service declares them: a setting may stand beside what it sets. */
async function settingsOfServices(): Promise<string[]> {
  const files = ['libs/service-kit/src/environment.ts'];
  for (const name of await readdir(new URL('services/', ROOT))) {
    const folder = `services/${name}/src/`;
    const all = await readdir(new URL(folder, ROOT), { recursive: true });
    const sources = all.filter((file) => file.endsWith('.ts') && !/\.test\.|testing/.test(file));
    files.push(...sources.map((file) => folder + file));
  }
  const sources = await Promise.all(files.map(read));
  return [...new Set(sources.flatMap(settingsIn))];
}

describe('ARCHITECTURE.md', () => {
  it('holds the event catalogue as the schemas have it (`node docs/event-table.mjs --write` brings it up to date)', async () => {
    const script = fileURLToPath(new URL('docs/event-table.mjs', ROOT));
    const { stdout } = await promisify(execFile)(process.execPath, [script]);
    const page = await read('ARCHITECTURE.md');
    const section = /<!-- events -->\n([\s\S]*?)\n<!-- \/events -->/.exec(page)?.[1];
    expect(section).toBe(stdout.trimEnd());
    for (const type of eventTypes) expect(section).toContain(`| \`${type}\` |`);
  });
});

describe('settings', () => {
  it.each(['README.md', '.env.example'])('are all in %s', async (page) => {
    const known = await settingsOfServices();
    const named = new Set((await read(page)).match(/\b[A-Z][A-Z]+(_[A-Z]+)+\b/g));
    expect(known).toEqual(
      expect.arrayContaining(['DATABASE_URL', 'GATEWAY_PORT', 'RATE_LIMIT_USER']),
    );
    expect(known.filter((name) => !named.has(name))).toEqual([]);
  });
});
