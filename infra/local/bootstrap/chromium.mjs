// The browser that `npm test` drives the web client in. It is the machine's: nothing is downloaded beside the package of
// the distribution.
import { readFileSync } from 'node:fs';
import { run } from './install.mjs';

/** How long Debian's servers may take, in seconds. */
const INSTALL_SECONDS = '300';

/** Finds a Chromium, or installs Debian's where we may. Answers why the browser tests have none; null when they have. */
export async function missingChromium() {
  const { findChromium } = await import('../dist/index.js'); // there once everything is built
  const { reason } = findChromium(process.env);
  if (!reason || process.env.CHROMIUM_BIN || !mayInstall()) return reason ?? null;
  console.log('Installing Chromium for the browser tests …');
  const failure = await install();
  return failure ?? findChromium(process.env).reason ?? null;
}

/** Only as root on Debian itself: elsewhere the package has another name, or is a stub that asks for a store. */
function mayInstall() {
  try {
    return process.getuid?.() === 0 && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

async function install() {
  const install = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
  if ((await aptGet(install)) === null) return null;
  return (await aptGet(['update', '-qq'])) ?? aptGet(install); // most images come without a package list
}

/** Runs apt-get; answers null, or what it failed with. */
async function aptGet(args) {
  const options = { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  // Somebody else may be installing: wait for the lock, and not for ever.
  const apt = ['apt-get', '-o', 'DPkg::Lock::Timeout=60', ...args];
  const { code, output } = await run('timeout', [INSTALL_SECONDS, ...apt], options);
  if (code === 0) return null;
  const said = output.trim().split('\n').at(-1);
  return `no Chromium was found, and apt-get ${args[0]} failed (${code}): ${said}`;
}
