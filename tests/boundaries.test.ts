import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { accomplice, broken, sound } from './boundary-cases.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CONFIG = join(ROOT, '.dependency-cruiser.cjs');
const GROUPS = ['libs', 'services', 'infra'] as const;

/** What is installed in the small tree: found by npm's rules, empty inside. */
const INSTALLED = [
  ...['pg', 'kysely', 'fastify', 'pino'],
  ...['@nats-io/transport-node', '@aws-sdk/client-s3'],
];

const resultSchema = z.object({
  modules: z.array(
    z.object({
      source: z.string(),
      dependencies: z.array(z.object({ module: z.string(), resolved: z.string() })),
    }),
  ),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});
type Result = z.infer<typeof resultSchema>;

/** Runs what `npm run check:boundaries` runs over a tree, and answers all it saw. */
async function cruise(tree: string): Promise<Result> {
  const bin = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const output = await promisify(execFile)(
    process.execPath,
    [bin, '--config', CONFIG, '--output-type', 'json', ...GROUPS],
    { cwd: tree, maxBuffer: 64 * 1024 ** 2 },
  );
  return resultSchema.parse(JSON.parse(output.stdout));
}

async function write(tree: string, file: string, text: string): Promise<void> {
  const path = join(tree, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const manifestSchema = z.object({ name: z.string() }).loose();

/** A tree with the packages of this one, each with its own package.json and nothing else in it. */
async function emptyTree(): Promise<string> {
  const tree = await mkdtemp(join(tmpdir(), 'boundaries-'));
  await mkdir(join(tree, 'node_modules/@recoup'), { recursive: true });
  for (const group of GROUPS) {
    for (const name of await readdir(join(ROOT, group))) {
      const folder = `${group}/${name}`;
      const manifest = await readFile(join(ROOT, folder, 'package.json'), 'utf8').catch(() => null);
      if (manifest === null) continue; // a folder of files, such as container definitions
      await write(tree, `${folder}/package.json`, manifest);
      await write(tree, `${folder}/dist/index.d.ts`, 'export {};');
      const link = join(tree, 'node_modules', manifestSchema.parse(JSON.parse(manifest)).name);
      await symlink(join(tree, folder), link);
    }
  }
  for (const name of INSTALLED) {
    await write(
      tree,
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: '1.0.0' }),
    );
    await write(tree, `node_modules/${name}/index.js`, '');
  }
  return tree;
}

const configSchema = z.object({ forbidden: z.array(z.object({ name: z.string() })) });

function ruleNames(): string[] {
  const config = configSchema.parse(createRequire(import.meta.url)(CONFIG));
  return config.forbidden.map((rule) => rule.name);
}

describe('given a tree in which each rule is broken once', () => {
  let tree: string;
  let refused: Map<string, Set<string>>;

  beforeAll(async () => {
    tree = await emptyTree();
    for (const { file, code } of [...broken, accomplice, ...sound]) await write(tree, file, code);
    refused = new Map();
    for (const { from, rule } of (await cruise(tree)).summary.violations) {
      refused.set(from, (refused.get(from) ?? new Set()).add(rule.name));
    }
  });
  afterAll(() => rm(tree, { recursive: true }));

  it.each(broken)('$rule refuses $file', ({ rule, file }) => {
    expect([...(refused.get(file) ?? [])]).toContain(rule);
  });

  it.each(sound)('nothing refuses $file', ({ file }) => {
    expect([...(refused.get(file) ?? [])]).toEqual([]);
  });

  it('leaves no rule unbroken', () => {
    expect(new Set(broken.map(({ rule }) => rule))).toEqual(new Set(ruleNames()));
  });
});

describe('given the packages as they are', () => {
  it('then every workspace import is seen as the folder of its package', async () => {
    const imports = (await cruise(ROOT)).modules.flatMap((module) =>
      module.dependencies.filter((dependency) => dependency.module.startsWith('@recoup/')),
    );
    expect(imports.length).toBeGreaterThan(100);
    for (const { module, resolved } of imports) {
      const [, name = '', part] = module.split('/');
      const file = part === undefined ? 'index' : `(${part}/index|${part})`;
      expect(resolved).toMatch(new RegExp(`^(libs|services|infra)/${name}/dist/${file}\\.d\\.ts$`));
    }
  });
});
