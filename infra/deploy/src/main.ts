import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from '@recoup/kernel';
import { natsUsersFile } from './nats-users-file.js';
import { newCertificates, newInstallation } from './new-installation.js';

const USAGE = `usage: npm run deploy -- <command>
  new [--sandbox]   makes .env and infra/secrets for docker-compose.yml; --sandbox: with a simulated Amazon
  certificates      makes the certificates in infra/secrets anew: they last a year
  nats-users        prints infra/nats/users.conf`;

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

function run([command, ...options]: readonly string[]): void {
  if (command === 'nats-users') return void process.stdout.write(natsUsersFile());
  if (command === 'certificates') return newCertificates(join(ROOT, 'infra/secrets'));
  if (command !== 'new' || options.some((option) => option !== '--sandbox')) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const made = newInstallation({ root: ROOT, sandbox: options.includes('--sandbox') });
  console.log(`Made ${made.settings} and ${made.certificates}.`);
}

try {
  run(process.argv.slice(2));
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
