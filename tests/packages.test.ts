import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = new URL('../', import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, ROOT), 'utf8');
const buildSchema = z.object({ exclude: z.array(z.string()) });

/** The folders of all packages, such as `libs/kernel`. */
async function packages(): Promise<string[]> {
  const folders: string[] = [];
  for (const group of ['libs', 'services', 'infra']) {
    for (const name of await readdir(new URL(`${group}/`, ROOT))) {
      const manifest = await read(`${group}/${name}/package.json`).catch(() => null);
      if (manifest !== null) folders.push(`${group}/${name}`);
    }
  }
  return folders;
}

describe.each(await packages())('%s', (folder) => {
  it('says in a README of at most 60 lines what it promises', async () => {
    const page = await read(`${folder}/README.md`).catch(() => '');
    const lines = page.trimEnd().split('\n').length;
    expect(lines).toBeGreaterThan(5);
    expect(lines).toBeLessThanOrEqual(60);
  });

  it('builds none of its tests: they use testkit, which is built from it', async () => {
    const { exclude } = buildSchema.parse(JSON.parse(await read(`${folder}/tsconfig.build.json`)));
    const shared = await readdir(new URL(`${folder}/src/testing/`, ROOT)).catch(() => []);
    expect(exclude).toContain('**/*.test.ts');
    if (shared.length > 0) expect(exclude).toContain('src/testing');
  });
});
