import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@recoup/local';
import { createDatabase, eventually, natsServer, spawnService } from '@recoup/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { SERVICES, type ServiceName } from './service-names.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const dockerfile = readFileSync(join(ROOT, 'infra/docker/Dockerfile'), 'utf8');

const temporary: string[] = [];
afterAll(() => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'recoup-image-'));
  temporary.push(folder);
  chmodSync(folder, 0o755);
  return folder;
}

/** The commands of the recipe's `prune` stage, as they stand there. */
function pruneCommands(name: string, target: string): string[] {
  const [, stage = ''] = /AS prune\n([\s\S]*?)\nFROM /.exec(dockerfile) ?? [];
  const runs = stage.replaceAll(/\\\n/g, '').match(/^RUN .*$/gm) ?? [];
  return runs.map((run) =>
    run.slice(4).replaceAll('${PACKAGE}', name).replaceAll('/pruned', target),
  );
}

/** Does on this machine what the recipe does, and answers the folder that becomes the image. */
function prune(name: string): string {
  const [source, target] = [newFolder(), join(newFolder(), 'recoup')];
  for (const each of ['package.json', 'package-lock.json', 'libs', 'services', 'infra']) {
    const left = (path: string): boolean => !['node_modules', '.turbo'].includes(basename(path));
    cpSync(join(ROOT, each), join(source, each), { recursive: true, filter: left });
  }
  const commands = pruneCommands(name, target);
  expect(commands).toHaveLength(2);
  for (const command of commands) {
    execFileSync('sh', ['-ec', command], { cwd: source, stdio: ['ignore', 'ignore', 'pipe'] });
  }
  return target;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const settings: Record<ServiceName, Record<string, string>> = {
  gateway: { GATEWAY_HOST: '127.0.0.1', SESSION_JWT_SECRET: 'x'.repeat(40) },
  ingestion: {
    ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
    LWA_CLIENT_ID: 'id',
    LWA_CLIENT_SECRET: 'secret',
  },
  detection: {},
  evidence: {},
};

describe('what an image holds', () => {
  it.each(SERVICES)('%s starts from it alone, and its health check finds it', async (name) => {
    const tree = prune(`@recoup/${name}`);
    const files = filesIn(tree);
    const size = files.reduce((sum, file) => sum + statSync(file).size, 0);
    process.stderr.write(
      `${name}: ${files.length} files, ${(size / 1e6).toFixed(1)} MB without Node itself\n`,
    );
    const strangers = SERVICES.filter((other) => other !== name);
    for (const other of strangers) expect(readdirSync(tree + '/services')).not.toContain(other);
    expect(
      files.filter((file) => /\.test\.js$|testkit|node_modules\/(typescript|vitest)\//.test(file)),
    ).toEqual([]);

    await using database = await createDatabase();
    await using nats = await natsServer();
    const port = String(await freePort());
    const env = {
      ...settings[name],
      DATABASE_URL: database.urlOf(`recoup_${name}_follow`),
      NATS_URL: nats.url,
      OPS_PORT: port,
      ...(name === 'gateway' && {
        GATEWAY_PORT: String(await freePort()),
        DATABASE_TENANT_URL: database.urlOf('recoup_gateway_tenant'),
      }),
    };
    await using service = await spawnService({ script: join(tree, 'main.mjs'), env, cwd: tree });
    const check = async (): Promise<boolean> => {
      const script = join(tree, 'healthcheck.mjs');
      await using health = await spawnService({ script, env: { OPS_PORT: port } });
      return (await health.exit).code === 0;
    };
    expect(await check()).toBe(false); // nobody listens yet: the check can fail
    await eventually(check, { timeoutMs: 60_000, everyMs: 500 }).catch((cause: unknown) => {
      throw new Error(service.output, { cause });
    });
    expect(await service.stop()).toEqual({ code: 0, signal: null });
  });

  it('migrate brings a database to the newest schema from it alone', async () => {
    const tree = prune('@recoup/migrate');
    await using database = await createDatabase();
    const env = { MIGRATE_DATABASE_URL: database.adminUrl };
    await using run = await spawnService({ script: join(tree, 'main.mjs'), env, cwd: tree });
    expect(await run.exit).toMatchObject({ code: 0 });
    expect(run.output).toContain('Nothing to apply.'); // all of them are there, unchanged
  });
});
