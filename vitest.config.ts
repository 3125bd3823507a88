import { defineConfig } from 'vitest/config';

/** `RECOUP_TESTS=chaos` runs what kills processes and takes minutes; it is no part of the everyday run. */
const chaos = process.env['RECOUP_TESTS'] === 'chaos';

export default defineConfig({
  test: {
    include: chaos
      ? ['{libs,services,infra}/*/src/**/*.chaos.test.ts', 'tests/**/*.chaos.test.ts']
      : ['{libs,services,infra}/*/src/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', ...(chaos ? [] : ['**/*.chaos.test.ts'])],
    globalSetup: ['libs/testkit/dist/global-setup.js'],
    pool: 'forks',
    // Suites spend their time waiting for servers; with more files at once on two cores they only wait for each other.
    maxWorkers: chaos ? 1 : 2,
    testTimeout: chaos ? 300_000 : 30_000,
    hookTimeout: 120_000,
    // Packages meet as they do in production: as built JavaScript, loaded by Node itself.
    server: { deps: { external: [/\/(?:libs|services|infra)\/[^/]+\/dist\//] } },
  },
});
