import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = new URL('../', import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, ROOT), 'utf8');
const names = z.record(z.string(), z.string()).default({});
const manifestSchema = z.object({ dependencies: names, devDependencies: names });

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Runs a script of the supply chain, with the registry at `registry`. */
async function script(
  name: string,
  registry?: string,
): Promise<{ readonly code: number; readonly output: string }> {
  const path = fileURLToPath(new URL(`infra/supply-chain/${name}`, ROOT));
  const env = {
    ...process.env,
    ...(registry ? { npm_config_registry: registry, npm_config_fetch_retries: '0' } : {}),
  };
  return new Promise((answer) => {
    execFile(process.execPath, [path], { env, maxBuffer: 2 ** 26 }, (error, stdout) => {
      answer({ code: error ? 1 : 0, output: stdout });
    });
  });
}

/** A registry that knows one advisory for each of the names, or offers no check at all. */
async function registryWith(vulnerable: readonly string[] | null): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    if (vulnerable === null || request.method !== 'POST') {
      response.writeHead(vulnerable === null ? 405 : 404).end('{}');
      return;
    }
    const advisories = vulnerable.map((name, index) => [
      name,
      [
        {
          id: index + 1,
          url: `https://github.com/advisories/GHSA-test-${index}`,
          title: 'reads too much',
          severity: 'high',
          vulnerable_versions: '*',
        },
      ],
    ]);
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(Object.fromEntries(advisories)));
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Folders with a manifest, the root as the empty path. */
async function packages(): Promise<string[]> {
  const folders = [''];
  for (const group of ['libs', 'services', 'infra']) {
    for (const name of await readdir(new URL(`${group}/`, ROOT))) folders.push(`${group}/${name}/`);
  }
  return folders;
}

async function manifests(): Promise<ReadonlyMap<string, z.infer<typeof manifestSchema>>> {
  const found = new Map<string, z.infer<typeof manifestSchema>>();
  for (const folder of await packages()) {
    const text = await read(`${folder}package.json`).catch(() => null);
    if (text !== null) found.set(folder, manifestSchema.parse(JSON.parse(text)));
  }
  return found;
}

it('has a row in ARCHITECTURE.md for every dependency, and a dependency for every row', async () => {
  const used = new Set<string>();
  for (const { dependencies, devDependencies } of (await manifests()).values()) {
    for (const name of [...Object.keys(dependencies), ...Object.keys(devDependencies)]) {
      if (!name.startsWith('@recoup/')) used.add(name);
    }
  }
  const page = await read('ARCHITECTURE.md');
  const rows = page.slice(page.indexOf('## Dependencies, and why')).matchAll(/^\| (`[^|]*) \|/gm);
  const named = [...rows].flatMap(([, cell]) =>
    [...cell!.matchAll(/`([^`]+)`/g)].map(([, n]) => n!),
  );
  expect([...used].sort()).toEqual(named.sort());
});

describe('the bill of what is shipped', () => {
  const componentSchema = z.looseObject({ name: z.string(), purl: z.string() });
  const billSchema = z.object({
    bomFormat: z.literal('CycloneDX'),
    specVersion: z.string(),
    components: z.array(componentSchema),
    dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
  });

  it('has all that the services need, and no tool', async () => {
    const bill = billSchema.parse(JSON.parse((await script('sbom.mjs')).output));
    const purls = bill.components.map(({ purl }) =>
      decodeURIComponent(purl.slice('pkg:npm/'.length)),
    );
    const shipped = new Set(purls.map((purl) => purl.slice(0, purl.lastIndexOf('@'))));
    for (const [folder, { dependencies }] of await manifests()) {
      if (!/^services\/|^infra\/migrate\//.test(folder)) continue;
      for (const name of Object.keys(dependencies)) expect(shipped).toContain(name);
    }
    for (const tool of ['vitest', 'typescript', '@recoup/testkit', 's3rver']) {
      expect(shipped).not.toContain(tool);
    }
    const refs = new Set(bill.components.map((component) => component['bom-ref']));
    expect(
      bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref)),
    ).toEqual([]);
  });
});

describe('the check for known vulnerabilities', () => {
  it('fails for one in what is shipped, and names it', async () => {
    const { code, output } = await script('audit.mjs', await registryWith(['pino']));
    expect(output).toContain('high: pino *, shipped: https://github.com/advisories/GHSA-test-0');
    expect(code).toBe(1);
  });

  it('names one in a tool, and passes', async () => {
    const { code, output } = await script('audit.mjs', await registryWith(['s3rver']));
    expect(output).toContain('high: s3rver *, not shipped');
    expect(code).toBe(0);
  });

  it('says that it was skipped where the registry offers none', async () => {
    const { code, output } = await script('audit.mjs', await registryWith(null));
    expect(output).toMatch(/^The check for known vulnerabilities was skipped: 405/);
    expect(code).toBe(0);
  });
});
