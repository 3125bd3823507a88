import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Syntax that the house does not use. Each message says what to do instead. */
const refused = [
  {
    selector: 'ExportAllDeclaration',
    message: 'Name what is exported: `export *` hides what a package promises.',
  },
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Use a named export: a default export has another name in every file that imports it.',
  },
  {
    selector: 'TSEnumDeclaration',
    message: 'Use a union of string literals: an enum is code that only TypeScript can erase.',
  },
  {
    selector:
      "CallExpression[callee.object.name='AbortSignal'][callee.property.name='any'] MemberExpression[object.name='AbortSignal'][property.name='timeout']",
    message:
      'Nothing holds the timeout: it is collected as garbage and never comes. Use `deadline` of the kernel.',
  },
  {
    selector:
      ':matches(ClassDeclaration, ClassExpression)[superClass]:not([superClass.name=/Error$/])',
    message: 'Only errors inherit; compose everything else.',
  },
];

const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message:
    'The environment is read once, by the process, through a schema. Take a setting instead.',
};

/** Tests beside the code, and what several of them share. */
const TESTS = [
  '**/*.test.ts',
  '**/src/testing/**/*.ts',
  '{libs,services,infra}/*/test/**/*.ts',
  'tests/**/*.ts',
];

/** Type-aware: what only the types can tell, such as a promise that nobody waits for. */
const typescript = {
  files: ['**/*.ts'],
  extends: [tseslint.configs.strictTypeChecked, prettier],
  languageOptions: {
    parserOptions: {
      // Files of the root that belong to no package.
      projectService: { allowDefaultProject: ['*.config.ts'] },
      tsconfigRootDir: import.meta.dirname,
    },
  },
  linterOptions: { reportUnusedDisableDirectives: 'error' },
  rules: {
    'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    // A flat switch over event types is one decision, however many types there are.
    complexity: ['error', { max: 10, variant: 'modified' }],
    'max-depth': ['error', 3],
    'max-params': 'off',
    '@typescript-eslint/max-params': ['error', { max: 3 }],
    'no-console': 'error',
    'no-restricted-syntax': ['error', ...refused],
    // `const { left, ...rest } = all` is how a member is left out.
    '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
    '@typescript-eslint/consistent-type-imports': 'error',
    '@typescript-eslint/consistent-type-exports': 'error',
    '@typescript-eslint/explicit-module-boundary-types': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': [
      'error',
      // A `default` is a decision about all other members (a fold that ignores foreign events), not an oversight.
      { considerDefaultExhaustiveForUnions: true },
    ],
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    // `return resolve()` and `() => void later()` say in one line what the block form says in three.
    '@typescript-eslint/no-confusing-void-expression': [
      'error',
      { ignoreArrowShorthand: true, ignoreVoidOperator: true, ignoreVoidReturningFunctions: true },
    ],
    '@typescript-eslint/return-await': ['error', 'in-try-catch'],
    // Flow analysis believes that `signal.aborted`, once read as false, stays false across an `await`, and would have
    // the checks removed that end every loop here.
    '@typescript-eslint/no-unnecessary-condition': 'off',
    // Costly, and for what does not occur here: enums, and classes that are told apart by their name.
    '@typescript-eslint/no-unsafe-enum-assignment': 'off',
    '@typescript-eslint/no-unsafe-enum-comparison': 'off',
    '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  },
};

/** Libraries and services get their settings passed in; only what starts a process may read the environment. */
const noEnvironment = {
  files: ['libs/*/src/**/*.ts', 'services/*/src/**/*.ts'],
  ignores: [
    'libs/service-kit/src/run-service.ts',
    'libs/testkit/**',
    'services/*/src/main.ts',
    'services/*/src/*-command.ts',
    ...TESTS,
  ],
  rules: { 'no-restricted-syntax': ['error', ...refused, environment] },
};

/** Programs that speak to a person at a terminal: the console is their output, not their log. */
const terminals = {
  files: ['infra/local/**', 'infra/migrate/**', 'infra/deploy/**', 'infra/bench/**'],
  rules: { 'no-console': 'off' },
};

/** Plain scripts that run before anything is built, and the configuration of tools: no types to ask. */
const scripts = {
  files: ['**/*.{js,mjs,cjs}'],
  extends: [prettier],
  rules: {
    'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    complexity: ['error', 10],
    'max-depth': ['error', 3],
    'max-params': ['error', 3],
    'no-undef': 'off', // Node's globals; the scripts are run by every `npm start` and `npm test`
    'no-unused-vars': 'error',
    'prefer-const': 'error',
  },
};

/** Tests: a broken expectation is the failure, so what guards production code against surprises is in the way here. */
const tests = {
  files: TESTS,
  rules: {
    // `rows[0]!.id` in a test fails the test, which is what should happen.
    '@typescript-eslint/no-non-null-assertion': 'off',
    // Answers of real HTTP servers and databases are asserted member by member.
    '@typescript-eslint/no-unsafe-assignment': 'off',
    '@typescript-eslint/no-unsafe-member-access': 'off',
    '@typescript-eslint/no-unsafe-argument': 'off',
    // A fake of an asynchronous port need not wait for anything.
    '@typescript-eslint/require-await': 'off',
    // `expect(object.method)` is asserted about, not called.
    '@typescript-eslint/unbound-method': 'off',
  },
};

/** Tools find their configuration by its default export. */
const toolConfiguration = {
  files: ['*.config.{js,ts}'],
  rules: { 'no-restricted-syntax': 'off' },
};

export default defineConfig(
  {
    ignores: ['**/dist/', '**/node_modules/', '.recoup/', '.turbo/', 'tests/fixtures/boundaries/'],
  },
  typescript,
  noEnvironment,
  terminals,
  scripts,
  tests,
  toolConfiguration,
);
