// Brings a checkout to the point where it can run: dependencies and build. Only Node's own modules: nothing is installed
// when this runs for the first time.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { constants as system, setPriority } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const STAMP = `${ROOT}node_modules/.recoup-installed`;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Recoup needs Node 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}

/** What runs now; a signal that reaches only us is passed on, or a stopped start would go on building. */
const running = new Set();
let stoppedBy = null;
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

function passOn(signal) {
  stoppedBy = signal;
  for (const child of running) child.kill(signal);
}

/** Ends this process as the signal would have, after what it ran has ended. */
function endIfStopped() {
  if (stoppedBy) process.exit(EXIT_CODES[stoppedBy]);
}

/** Parent and grandparent: npm starts a shell that starts us, and the shell tells us nothing of npm's end or its own. */
function ancestry() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'latin1');
    const grandparent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    return `${process.ppid} ${grandparent}`;
  } catch {
    return String(process.ppid); // no /proc on this system
  }
}

const startedBy = ancestry();
const ANCESTRY_CHECK_MS = 500;

/** Ends all when the npm that runs us is gone: nobody waits for the result, and nobody would stop what we start. */
function watchNpm() {
  if (!process.env.npm_lifecycle_event) return undefined;
  return setInterval(() => {
    if (ancestry() !== startedBy) passOn('SIGTERM');
  }, ANCESTRY_CHECK_MS);
}

let watch;

function track(child) {
  if (running.size === 0) {
    for (const name of Object.keys(EXIT_CODES)) process.on(name, passOn);
    watch = watchNpm();
  }
  running.add(child);
}

/** Without a child the signals are again those of whoever comes after us in this process. */
function forget(child) {
  running.delete(child);
  if (running.size > 0) return;
  for (const name of Object.keys(EXIT_CODES)) process.off(name, passOn);
  clearInterval(watch);
}

/** npm and turbo keep things in the home folder, and fail where there is none or it cannot be written. */
function withHome(environment) {
  try {
    accessSync(environment.HOME ?? '', constants.W_OK);
    return environment;
  } catch {
    const home = resolve(environment.RECOUP_STATE_DIR || `${ROOT}.recoup`, 'home');
    mkdirSync(home, { recursive: true });
    return { ...environment, HOME: home, npm_config_cache: `${home}/.npm` };
  }
}

/**
 * Runs a program; its output is shown, or kept and shown only when it fails. `asks` lets it read standard input, `yields`
 * lets others go first, `ends` lets it say by its own exit code how it ended after a signal. Answers its exit code and output.
 */
export function run(command, args, terms = {}) {
  const { quiet = false, asks = false, yields = false, ends = false, env = {} } = terms;
  return new Promise((done) => {
    const output = [];
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: [asks ? 'inherit' : 'ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      env: {
        ...withHome(process.env),
        TURBO_TELEMETRY_DISABLED: '1',
        DO_NOT_TRACK: '1',
        ...env,
      },
    });
    track(child);
    if (yields) giveWay(child);
    child.stdout?.on('data', (data) => output.push(data));
    child.stderr?.on('data', (data) => output.push(data));
    child.on('error', (error) => {
      forget(child);
      done({ code: 1, output: error.message });
    });
    child.on('close', (code) => {
      forget(child);
      if (!ends || code === null) endIfStopped();
      done({ code: code ?? 1, output: Buffer.concat(output).toString() });
    });
  });
}

/** A lower priority, for it and what it starts; where there is none to set, all go on alike. */
function giveWay({ pid }) {
  try {
    if (pid) setPriority(pid, system.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // ended already, or the system does not let us
  }
}

async function must(what, command, args) {
  const { code, output } = await run(command, args, { quiet: true });
  if (code === 0) return;
  console.error(`${what} failed:\n${output}`);
  process.exit(1);
}

/** Installs what package-lock.json names, once per version of it. */
async function install() {
  const lock = createHash('sha256')
    .update(readFileSync(`${ROOT}package-lock.json`))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return;
  console.error('Installing dependencies …');
  // The build tools are development dependencies: NODE_ENV=production would leave them out.
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  await must('npm ci', 'npm', ['ci', '--include=dev', ...quietly]);
  writeFileSync(STAMP, lock);
}

/**
 * Of every package. One compiler for all reads what they share once: a quarter of the processor time of one for each. Types
 * are checked by `npm test`.
 */
function buildFiles() {
  return ['libs', 'services', 'infra']
    .flatMap((folder) => readdirSync(`${ROOT}${folder}`).map((name) => `${folder}/${name}`))
    .map((folder) => `${ROOT}${folder}/tsconfig.build.json`)
    .filter((file) => existsSync(file));
}

/** Installs and builds; what has not changed is not built again. Says so on stderr: stdout is for what runs then. */
export async function prepare() {
  await install();
  console.error('Building …');
  const compiler = `${ROOT}node_modules/typescript/bin/tsc`;
  await must('The build', process.execPath, [compiler, '-b', ...buildFiles(), '--noCheck']);
  if (process.env.npm_lifecycle_event && ancestry() !== startedBy) process.exit(1);
}
