// What an image holds: `node prune.mjs @recoup/gateway <target>`, in a checkout that is built and whose node_modules are
// those of `npm ci --omit=dev --workspace @recoup/gateway`: npm has then linked the packages that it stands on, no others.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const [name, target] = process.argv.slice(2);
if (!name || !target) {
  console.error('usage: prune.mjs <package> <target>');
  process.exit(2);
}

/** Sources and tests, what only compilers and debuggers read, and migrations, which `migrate` alone applies. */
const LEFT_OUT =
  /^(src|test|migrations|README\.md|tsconfig.*\.json|\.turbo|\.tsbuildinfo)$|\.d\.[cm]?ts$|\.map$/;
const NEVER_RUN = /\.d\.[cm]?ts$|\.map$|\.test\.[cm]?js$|^\.package-lock\.json$/;

/** Copies a folder without what does not belong into an image. Links are left out: packages are copied by themselves. */
function copy(folder, leftOut) {
  cpSync(join(ROOT, folder), join(target, folder), {
    recursive: true,
    filter: (path) => !leftOut.test(basename(path)) || path === join(ROOT, folder),
    verbatimSymlinks: true,
  });
}

/** The folders of all packages by their names. */
function packages() {
  const folders = ['libs', 'services', 'infra'].flatMap((group) =>
    readdirSync(join(ROOT, group)).map((each) => `${group}/${each}`),
  );
  const known = folders.filter((folder) => existsSync(join(ROOT, folder, 'package.json')));
  return new Map(
    known.map((folder) => {
      const manifest = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
      return [manifest.name, folder];
    }),
  );
}

const folders = packages();
const own = folders.get(name);
if (own === undefined) {
  console.error(`no such package: ${name}`);
  process.exit(2);
}
mkdirSync(target, { recursive: true });
cpSync(join(ROOT, 'package.json'), join(target, 'package.json'));
copy('node_modules', NEVER_RUN);
for (const linked of readdirSync(join(ROOT, 'node_modules/@recoup'))) {
  copy(folders.get(`@recoup/${linked}`), LEFT_OUT);
}
if (name === '@recoup/migrate') {
  for (const folder of folders.values()) {
    const migrations = join(ROOT, folder, 'migrations');
    if (existsSync(migrations)) {
      cpSync(migrations, join(target, folder, 'migrations'), { recursive: true });
    }
  }
}
writeFileSync(join(target, 'main.mjs'), `import './${own}/dist/main.js';\n`);
cpSync(
  join(dirname(fileURLToPath(import.meta.url)), 'healthcheck.mjs'),
  join(target, 'healthcheck.mjs'),
);
