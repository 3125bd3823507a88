/**
 * The arrows between packages. `npm run check:boundaries` refuses a build that breaks one; `tests/boundaries.test.ts`
 * breaks each rule once and sees it refused.
 *
 *   kernel ← contracts ← domain, event-store, bus, vault, storage ← relay, projections, facts ← service-kit ← services
 *
 * An import of a workspace package resolves to `<package>/dist/index.d.ts`, by the package's own `exports`: packages must
 * be built first, and one that is not is refused as unresolvable instead of being passed over.
 */

/** Tests stand beside the code; what several of them share stands in `src/testing/` or `test/` of the package. */
const TEST = '(\\.test\\.ts$|^(libs|services|infra)/[^/]+/(src/testing|test)/)';
/** Layers by name, the lowest first, with the libs of each. */
const LAYERS = [
  ['kernel', ['kernel']],
  ['contracts', ['contracts']],
  ['foundations', ['domain', 'event-store', 'bus', 'vault', 'storage']],
  ['flows', ['relay', 'projections', 'facts']],
  ['service-kit', ['service-kit']],
];

/** Matches an installed package wherever npm has put it, and its type declarations. */
const installed = (names) => `(^|/)node_modules/(@types/)?(${names})(/|$)`;
const POSTGRES = installed('pg|pg-[a-z]+|kysely');
const NATS = installed('nats|@nats-io/[^/]+|nats-core|transport-node|jetstream');
const FILES = installed('@aws-sdk/[^/]+|file-type');
const HTTP_SERVER = installed('fastify|@fastify/[^/]+|fastify-[a-z-]+');
const IO_MODULES =
  '^(node:)?(fs|net|tls|dgram|dns|http|https|http2|child_process|cluster|worker_threads|readline|repl)(/|$)';

/** Where tables are kept. ingestion keeps its own beside the work they belong to. */
const TABLES = [
  '^libs/(event-store|relay|projections|facts|vault|service-kit|testkit)/',
  '^infra/(migrate|local|bench|operator)/',
  '^services/[^/]+/src/adapters/',
  '^services/ingestion/src/(jobs|limits|connect|disconnect|schedule|buyers)/',
  '^services/ingestion/src/tables\\.ts$',
];
const USE_CASES = ['^services/ingestion/src/sync/'];

/** A lib may use the layers below its own: not its neighbours, and nothing above. */
const arrows = LAYERS.map(([layer, libs], index) => {
  const below = LAYERS.slice(0, index).flatMap(([, names]) => names);
  return {
    name: `arrow-${layer}`,
    comment: `${libs.join(', ')}: may use ${below.join(', ') || 'no package'}.`,
    severity: 'error',
    from: { path: `^libs/(${libs.join('|')})/` },
    to: {
      path: '^(libs|services|infra)/',
      // testkit serves the tests of every layer; a rule of its own says where it may be used.
      pathNot: ['^libs/$1/', '^libs/testkit/', ...below.map((name) => `^libs/${name}/`)],
    },
  };
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'services-meet-in-events',
      comment: 'No service imports a service.',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'infra-stays-outside',
      comment:
        'The product does not know what runs it, feeds it or measures it. testkit starts servers for tests.',
      severity: 'error',
      from: { path: '^(libs|services)/', pathNot: '^libs/testkit/' },
      to: { path: '^infra/' },
    },
    {
      name: 'testkit-stays-in-tests',
      severity: 'error',
      from: { path: '^(libs|services|infra)/', pathNot: ['^libs/testkit/', '^infra/bench/', TEST] },
      to: { path: '^libs/testkit/' },
    },
    {
      name: 'product-without-tests',
      comment: 'What serves tests is not part of the product.',
      severity: 'error',
      from: { path: '^(libs|services|infra)/', pathNot: TEST },
      to: { path: TEST },
    },
    {
      name: 'sandbox-is-amazon',
      comment:
        'The simulated Amazon shares no code with the product but the kernel: a wrong idea of Amazon in one must not be ' +
        'confirmed by the other.',
      severity: 'error',
      from: { path: '^infra/sandbox/' },
      to: {
        path: '^(libs|services|infra)/',
        pathNot: ['^infra/sandbox/', '^libs/kernel/', '^libs/testkit/'],
      },
    },
    {
      name: 'front-door-only',
      comment: 'Another package is imported by its name: its `src` and `dist` are its own.',
      severity: 'error',
      from: { path: '^(libs|services|infra)/([^/]+)/' },
      to: { path: '^(libs|services|infra)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    },
    {
      name: 'domain-without-io',
      comment: 'Decisions are functions: nothing that reads, writes or listens.',
      severity: 'error',
      from: { path: ['^libs/domain/src/', '^services/[^/]+/src/domain/'], pathNot: TEST },
      to: {
        path: [
          IO_MODULES,
          POSTGRES,
          NATS,
          HTTP_SERVER,
          '^libs/(event-store|bus|relay|projections|facts|vault|service-kit)/',
        ],
        // Types of facts name what a detector reads; they are gone when it runs.
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'postgres-at-the-edge',
      comment:
        'pg and kysely only where tables are kept: the libs that own some, and in a service the folders named above. Its ' +
        'pure folders and its HTTP layer never see a connection.',
      severity: 'error',
      from: { path: '^(libs|services|infra)/', pathNot: [...TABLES, TEST] },
      to: { path: POSTGRES, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'connections-only-through-use-cases',
      comment:
        'A use case may pass a connection on to what keeps the tables, and so name its type; nothing else may.',
      severity: 'error',
      from: { path: '^(libs|services|infra)/', pathNot: [...TABLES, ...USE_CASES, TEST] },
      to: { path: POSTGRES, dependencyTypes: ['type-only'] },
    },
    {
      name: 'nats-only-in-bus',
      severity: 'error',
      from: {
        path: '^(libs|services|infra)/',
        pathNot: ['^libs/(bus|testkit)/', '^infra/bench/'],
      },
      to: { path: NATS },
    },
    {
      name: 'files-only-through-storage',
      comment: 'Where files are kept, and what they are, is decided behind one port.',
      severity: 'error',
      from: { path: '^(libs|services|infra)/', pathNot: '^libs/storage/' },
      to: { path: FILES },
    },
    {
      name: 'http-server-only-in-gateway-and-sandbox',
      comment:
        'Operations ports use node:http. The bench measures the gateway beside a bare server.',
      severity: 'error',
      from: {
        path: '^(libs|services|infra)/',
        pathNot: ['^services/gateway/', '^infra/(sandbox|bench)/'],
      },
      to: { path: HTTP_SERVER },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'says-what-is-in-it',
      comment: 'A file or folder is named after what it holds.',
      severity: 'error',
      from: {},
      module: {
        path: '^(libs|services|infra)/(.*/)?(utils?|helpers?|commons?|misc|manager|types|shared)(/|\\.[a-z.]+$)',
        pathNot: '(^|/)(node_modules|dist)/',
        numberOfDependentsLessThan: 100,
      },
    },
    {
      name: 'no-orphans',
      comment: 'A file that imports nothing and that nobody imports is dead.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '(^|/)(main|index)\\.ts$',
          TEST,
          '^services/gateway/public/',
          '^infra/docker/', // run by its image
          '(^|/)(dist|node_modules)/',
        ],
      },
      to: {},
    },
    {
      name: 'declared',
      comment:
        'What a package imports stands in its own package.json; tests may use what the root declares.',
      severity: 'error',
      from: { path: '^(libs|services|infra)/', pathNot: TEST },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'resolvable',
      comment:
        'An import that leads nowhere: a typing error, a package that is not built, or a subpath it does not export.',
      severity: 'error',
      from: { path: '^(libs|services|infra)/', pathNot: '(^|/)(dist|node_modules)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Type imports too: an arrow is an arrow.
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['(^|/)node_modules/', '(^|/)dist/'] },
    // With the defaults a workspace import resolves to nothing and every rule passes.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      mainFields: ['types', 'module', 'main'],
    },
  },
};
