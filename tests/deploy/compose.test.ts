import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newInstallation, SERVICES } from '@recoup/deploy';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { refusalOf, unknownTo } from './settings-of.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');

/** What we use of the Compose specification; anything else is refused, so that a key with a typing error is none. */
const condition = z.enum(['service_started', 'service_healthy', 'service_completed_successfully']);
const duration = z.string().regex(/^\d+(ms|s|m)$/);
const serviceSchema = z.strictObject({
  image: z.string(),
  build: z
    .strictObject({
      context: z.literal('.'),
      dockerfile: z.string(),
      args: z.record(z.string(), z.string()),
    })
    .optional(),
  profiles: z.array(z.string()).optional(),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()).optional(),
  network_mode: z.literal('none').optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition })).default({}),
  healthcheck: z
    .union([
      z.strictObject({ disable: z.literal(true) }),
      z.strictObject({
        test: z.tuple([z.literal('CMD')], z.string()),
        interval: duration,
        timeout: duration,
        retries: z.int(),
        start_period: duration,
      }),
    ])
    .optional(),
  restart: z.enum(['unless-stopped', 'no']),
  init: z.boolean().optional(),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string()).optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  stop_grace_period: duration.optional(),
  stop_signal: z.string().optional(),
  shm_size: z.string().optional(),
});
const composeSchema = z
  .object({
    name: z.literal('recoup'),
    services: z.record(z.string(), serviceSchema),
    volumes: z.record(z.string(), z.null()),
    networks: z.record(z.string(), z.strictObject({ internal: z.boolean() }).nullable()),
  })
  .catchall(z.unknown())
  .refine((file) =>
    Object.keys(file).every((key) => /^(name|services|volumes|networks|x-.*)$/.test(key)),
  );

const compose = composeSchema.parse(parse(text, { merge: true }));
const entries = Object.entries(compose.services);

const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** `.env` as the command makes it. */
function settingsOf(sandbox: boolean): Record<string, string> {
  const root = mkdtempSync(join(tmpdir(), 'recoup-installation-'));
  made.push(root);
  const { settings } = newInstallation({ root, sandbox });
  const lines = readFileSync(settings, 'utf8')
    .split('\n')
    .filter((line) => /^\w+=/.test(line));
  return Object.fromEntries(
    lines.map((line) => [line.split('=')[0]!, line.slice(line.indexOf('=') + 1)]),
  );
}

/** As Compose does it: `${A}`, `${A:-default}`, `${A:?why}`. Throws where a needed one is missing or empty. */
function interpolate(value: string, settings: Readonly<Record<string, string>>): string {
  const variable = /\$\{(?<name>\w+)(?::(?<how>[-?])(?<rest>[^}]*))?\}/g;
  return value.replaceAll(variable, (...match) => {
    const { name, how, rest = '' } = match.at(-1) as Record<string, string | undefined>;
    const given = settings[name!];
    if (given) return given;
    if (how === '-') return rest;
    if (how === '?' || given === undefined) throw new Error(`${name} is missing`);
    return given;
  });
}

function environmentOf(
  name: string,
  settings: Readonly<Record<string, string>>,
): Record<string, string> {
  const pairs = Object.entries(compose.services[name]!.environment);
  return Object.fromEntries(pairs.map(([key, value]) => [key, interpolate(value, settings)]));
}

describe('docker-compose.yml', () => {
  it('has every service of the product, its servers, and what prepares them', () => {
    const names = Object.keys(compose.services);
    expect(names).toEqual(expect.arrayContaining([...SERVICES, 'postgres', 'nats', 'migrate']));
  });

  it.each(SERVICES)('%s starts in production with what a new installation makes', (name) => {
    const environment = environmentOf(name, settingsOf(true));
    expect(unknownTo(name, environment)).toEqual([]);
    expect(refusalOf(name, environment)).toBeNull();
  });

  it('does not start for a real Amazon before its credentials are filled in', () => {
    const settings = settingsOf(false);
    expect(() => environmentOf('ingestion', settings)).toThrow('LWA_CLIENT_ID is missing');
    const filled = { ...settings, LWA_CLIENT_ID: 'id', LWA_CLIENT_SECRET: 'secret' };
    expect(refusalOf('ingestion', environmentOf('ingestion', filled))).toBeNull();
  });

  it('does not start at all without secrets of its own, and has none', () => {
    for (const [name] of entries.filter(([name]) => !['folders', 'sandbox'].includes(name))) {
      expect(() => environmentOf(name, {})).toThrow('is missing');
    }
    const secrets = [...text.matchAll(/\$\{(\w*(?:PASSWORD|SECRET|KEY|SEED))(:-)?/g)];
    expect(secrets.length).toBeGreaterThan(15);
    expect(secrets.filter(([, , fallback]) => fallback)).toEqual([]);
    expect(text).not.toMatch(/(PASSWORD|SECRET|SEED|_KEY): [^$\n]*[A-Za-z0-9+/]{20}/);
  });

  it('each waits for what it needs, and what is waited for can be told', () => {
    for (const [name, { depends_on: needs }] of entries) {
      for (const [other, { condition }] of Object.entries(needs)) {
        const target = compose.services[other];
        expect(target, `${name} waits for ${other}`).toBeDefined();
        if (condition === 'service_healthy') expect(target?.healthcheck).toHaveProperty('test');
        if (condition === 'service_completed_successfully') expect(target?.restart).toBe('no');
      }
    }
    for (const name of SERVICES) {
      expect(compose.services[name]!.depends_on).toMatchObject({
        migrate: { condition: 'service_completed_successfully' },
      });
    }
  });

  it('mounts only what is there, or what a new installation makes', () => {
    settingsOf(false);
    for (const volume of entries.flatMap(([, { volumes }]) => volumes)) {
      const [source = ''] = volume.split(':');
      if (!source.startsWith('.')) expect(Object.keys(compose.volumes)).toContain(source);
      else expect([ROOT, made.at(-1)!].some((root) => existsSync(join(root, source)))).toBe(true);
    }
  });

  it('runs what is ours without rights, on a file system that it cannot write to', () => {
    for (const [name, service] of entries.filter(([, { build }]) => build)) {
      expect(service, name).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
      const folder = service.image.split('/')[1]!;
      expect(service.build?.args['PACKAGE']).toBe(`@recoup/${folder}`);
    }
  });
});
