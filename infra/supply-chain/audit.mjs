// `npm run audit`: known vulnerabilities of what is shipped, by the registry. One that was looked at and found not to
// concern us is named in `accepted.json` as {advisory, why, until}: its page, the reason, and the day to look again.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { shippedBill } from './bill.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** npm's own report, or what kept it from one. It ends with 1 when it found something: the report counts, not the code. */
function npmAudit() {
  return new Promise((answer) => {
    const options = { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 };
    execFile('npm', ['audit', '--json'], options, (error, stdout) => {
      try {
        answer(JSON.parse(stdout));
      } catch {
        answer({ message: error?.message ?? 'npm printed no report' });
      }
    });
  });
}

const report = await npmAudit();
if (!report.vulnerabilities) {
  console.log(`The check for known vulnerabilities was skipped: ${report.message}.`);
  process.exit(0);
}

const today = new Date().toISOString().slice(0, 10);
const accepted = JSON.parse(await readFile(new URL('accepted.json', import.meta.url), 'utf8'));
const isAccepted = ({ url }) =>
  accepted.some(({ advisory, until }) => advisory === url && today <= until);

const shipped = new Set((await shippedBill()).components.map((one) => one.purl.split('@')[0]));
let open = 0;
for (const { name, via } of Object.values(report.vulnerabilities)) {
  const isShipped = shipped.has(`pkg:npm/${name.replace('@', '%40')}`);
  // What is named by another package's name only is told at that package.
  for (const advisory of via.filter((cause) => typeof cause === 'object')) {
    const counts = isShipped && !isAccepted(advisory);
    if (counts) open += 1;
    const where = isShipped ? 'shipped' : 'not shipped';
    const kept = isShipped && !counts ? ', accepted' : '';
    console.log(
      `${advisory.severity}: ${name} ${advisory.range}, ${where}${kept}: ${advisory.url}`,
    );
  }
}
console.log(`${open} known vulnerabilities of shipped packages that nobody has accepted`);
process.exit(open === 0 ? 0 : 1);
