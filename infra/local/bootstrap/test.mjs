// `npm test`: everything that must hold, from formatting to the product end to end. Goes on after a failure, so that one
// run tells all; the last line counts every check and every test.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingChromium } from './chromium.mjs';
import { prepare, ROOT, run } from './install.mjs';

await prepare();
let passed = 0;
let failed = 0;

/** One check: a line when it holds, with what it said last if asked to `tell`; all it said when it does not. */
async function check(name, { tell = false } = {}) {
  const { code, output } = await run('npm', ['run', '--silent', name], {
    quiet: true,
    yields: true,
  });
  if (code === 0) {
    passed += 1;
    console.log(`ok    ${name}${tell ? `: ${output.trim().split('\n').at(-1)}` : ''}`);
  } else {
    failed += 1;
    console.log(`FAIL  ${name}\n${output}`);
  }
}

/** All tests. The runner's own report is what is counted. */
async function tests(filters) {
  const folder = mkdtempSync(join(tmpdir(), 'recoup-test-'));
  const report = join(folder, 'report.json');
  const { code } = await run(process.execPath, [
    `${ROOT}node_modules/vitest/vitest.mjs`,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ]);
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    passed += numPassedTests;
    // A file that could not even be loaded has no tests to count.
    const broken = testResults.filter(
      (file) =>
        file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
    ).length;
    failed += Math.max(numFailedTests + broken, code === 0 ? 0 : 1);
  } catch {
    failed += 1;
  }
  rmSync(folder, { recursive: true, force: true });
}

const filters = process.argv.slice(2);
const everything = filters.length === 0;
const browser = everything || filters.some((filter) => filter.includes('browser'));
// Before anything else asks for packages: there is one lock on them.
const noBrowser = browser ? await missingChromium() : null;
/** One after the other: the tests, which wait for servers half of their time, go first wherever both could go on. */
async function checks() {
  for (const name of ['check:types', 'lint', 'check:format', 'check:boundaries']) await check(name);
  for (const name of ['check:unused', 'check:licences']) await check(name);
  await check('audit', { tell: true });
}

const checked = everything ? checks() : undefined;
await tests(filters);
await checked;
if (noBrowser) console.log(`The browser tests were skipped: ${noBrowser}.`);
if (!process.env.SPAPI_MODELS_DIR) {
  console.log(
    "The conformance tests were skipped: SPAPI_MODELS_DIR names no folder of Amazon's model files.",
  );
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
