import { defineConfig } from 'vitest/config';

/** What kills the running product: minutes, and no part of the everyday run. Rounds start servers of their own. */
export default defineConfig({
  test: {
    include: [
      'tests/{chaos,production}/*.chaos.test.ts',
      '{libs,services,infra}/*/src/**/*.chaos.test.ts',
    ],
    globalSetup: ['libs/testkit/dist/global-setup.js'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 400_000,
    hookTimeout: 400_000,
    // Packages meet as they do in production: as built JavaScript, loaded by Node itself.
    server: { deps: { external: [/\/(?:libs|services|infra)\/[^/]+\/dist\//] } },
  },
});
