import { defineConfig } from 'vitest/config';

const sources = '{libs,services,infra}/*/src/**/*';
const generated = ['**/node_modules/**', '**/dist/**'];

/** What runs against real servers and processes; each file has databases and servers of its own. */
const whole = {
  include: [`${sources}.int.test.ts`, 'tests/**/*.test.ts'],
  exclude: [...generated, '**/*.chaos.test.ts'],
  globalSetup: ['libs/testkit/dist/global-setup.js'],
};

/** What needs no server. */
const alone = {
  include: [`${sources}.test.ts`],
  exclude: [...generated, '**/*.int.test.ts', '**/*.chaos.test.ts'],
};

const common = {
  pool: 'forks' as const,
  // Files keep nothing in their process: one for many of them loads the packages once.
  isolate: false,
  testTimeout: 30_000,
  hookTimeout: 120_000,
  // Packages meet as they do in production: as built JavaScript, loaded by Node itself.
  server: { deps: { external: [/\/(?:libs|services|infra)\/[^/]+\/dist\//] } },
};

export default defineConfig({
  test: {
    // Suites spend their time waiting for servers; with more files at once on two cores they only wait for each other.
    maxWorkers: 2,
    projects: [
      { test: { ...common, ...whole, name: 'whole' } },
      { test: { ...common, ...alone, name: 'alone' } },
    ],
  },
});
