// What is installed and what of it is shipped, as a software bill of materials (CycloneDX, made by npm from the lock).
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What runs in production: each becomes an image. */
const SHIPPED = [
  'services/gateway',
  'services/ingestion',
  'services/detection',
  'services/evidence',
  'infra/migrate',
];

/** The bill of all that is installed, for building and testing as well. */
async function wholeBill() {
  const { stdout } = await promisify(execFile)('npm', ['sbom', '--sbom-format=cyclonedx'], {
    cwd: ROOT,
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

const manifestOf = async (folder) =>
  JSON.parse(await readFile(`${ROOT}${folder}/package.json`, 'utf8'));

/** Names that a package of ours needs for its tests only; npm lists them among what it depends on. */
async function developmentNames(name) {
  for (const group of ['libs', 'services', 'infra']) {
    const manifest = await manifestOf(`${group}/${name}`).catch(() => null);
    if (manifest) return new Set(Object.keys(manifest.devDependencies ?? {}));
  }
  return new Set();
}

const nameOf = (ref) => ref.slice(0, ref.lastIndexOf('@'));

/**
 * The bill of what is shipped: the services with all that they need at run time. `npm sbom --omit dev` is not asked for it:
 * it leaves out what a service needs whenever a tool needs it too.
 */
export async function shippedBill() {
  const bill = await wholeBill();
  const dependsOn = new Map(bill.dependencies.map((entry) => [entry.ref, entry.dependsOn]));
  const waiting = [];
  for (const folder of SHIPPED) {
    const { name } = await manifestOf(folder);
    waiting.push([...dependsOn.keys()].find((ref) => nameOf(ref) === name));
  }
  const needed = new Map();
  while (waiting.length > 0) {
    const ref = waiting.pop();
    if (needed.has(ref)) continue;
    const own = ref.startsWith('@recoup/') ? nameOf(ref).slice('@recoup/'.length) : null;
    const left = own ? await developmentNames(own) : new Set();
    needed.set(
      ref,
      (dependsOn.get(ref) ?? []).filter((next) => !left.has(nameOf(next))),
    );
    waiting.push(...needed.get(ref));
  }
  return {
    ...bill,
    components: bill.components.filter((component) => needed.has(component['bom-ref'])),
    dependencies: [...needed].map(([ref, next]) => ({ ref, dependsOn: next })),
  };
}
