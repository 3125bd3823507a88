// `npm run check:licences`: every package of the lock is under a licence that we may use. What is shipped is held to the
// shorter list. A package that states none in its manifest is named in `licences.json`, with where its licence stands.
import { readFile } from 'node:fs/promises';
import { shippedBill } from './bill.mjs';

const ROOT = new URL('../../', import.meta.url);
const json = async (path) => JSON.parse(await readFile(new URL(path, ROOT), 'utf8'));

const { allowed, allowedWhereNotShipped, readByHand, unstatedWhereNotShipped } = await json(
  'infra/supply-chain/licences.json',
);
const shipped = new Set((await shippedBill()).components.map((component) => component['bom-ref']));

/** From the lock; from the manifest, whose older form is a list; or read by hand. Null where nothing states one. */
async function licenceOf(path, name, { license }) {
  if (license) return license;
  const { licenses } = await json(`${path}/package.json`).catch(() => ({}));
  return licenses?.[0]?.type ?? readByHand[name]?.licence ?? null;
}

/** What is wrong with it, or null. */
function objection(name, licence, isShipped) {
  if (allowed.includes(licence)) return null;
  if (isShipped) return `${licence ?? 'states no licence'}, and is shipped`;
  if (allowedWhereNotShipped.includes(licence)) return null;
  return licence === null && name in unstatedWhereNotShipped ? null : (licence ?? 'states none');
}

let refused = 0;
let looked = 0;
for (const [path, entry] of Object.entries((await json('package-lock.json')).packages)) {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  if (!path.includes('node_modules/') || entry.link) continue;
  looked += 1;
  const ref = `${name}@${entry.version}`;
  const wrong = objection(name, await licenceOf(path, name, entry), shipped.has(ref));
  if (wrong === null) continue;
  refused += 1;
  console.error(`${ref}: ${wrong}`);
}
console.log(`${looked} packages looked at, ${shipped.size} of them shipped, ${refused} refused`);
process.exit(refused === 0 ? 0 : 1);
