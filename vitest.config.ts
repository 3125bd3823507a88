import { defineConfig } from 'vitest/config';

/** `RECOUP_TESTS=chaos` runs what kills processes and takes minutes; it is no part of the everyday run. */
const chaos = process.env['RECOUP_TESTS'] === 'chaos';

const sources = '{libs,services,infra}/*/src/**/*';
const generated = ['**/node_modules/**', '**/dist/**'];

/** What runs against real servers and processes; each file has databases and servers of its own. */
const whole = {
  include: chaos
    ? [`${sources}.chaos.test.ts`, 'tests/**/*.chaos.test.ts']
    : [`${sources}.int.test.ts`, 'tests/**/*.test.ts'],
  exclude: [...generated, ...(chaos ? [] : ['**/*.chaos.test.ts'])],
  globalSetup: ['libs/testkit/dist/global-setup.js'],
};

/** What needs no server. */
const alone = {
  include: [`${sources}.test.ts`],
  exclude: [...generated, '**/*.int.test.ts', '**/*.chaos.test.ts'],
};

const common = {
  pool: 'forks' as const,
  // Files keep nothing in their process: one for many of them loads the packages once. What kills gets a fresh one.
  isolate: chaos,
  testTimeout: chaos ? 300_000 : 30_000,
  hookTimeout: 120_000,
  // Packages meet as they do in production: as built JavaScript, loaded by Node itself.
  server: { deps: { external: [/\/(?:libs|services|infra)\/[^/]+\/dist\//] } },
};

export default defineConfig({
  test: {
    // Suites spend their time waiting for servers; with more files at once on two cores they only wait for each other.
    maxWorkers: chaos ? 1 : 2,
    projects: [
      { test: { ...common, ...whole, name: chaos ? 'chaos' : 'whole' } },
      ...(chaos ? [] : [{ test: { ...common, ...alone, name: 'alone' } }]),
    ],
  },
});
