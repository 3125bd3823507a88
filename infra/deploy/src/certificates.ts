import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@recoup/kernel';

/** `openssl` is not there, or would not do it. */
export class NoCertificate extends AppError {
  readonly code = 'NO_CERTIFICATE';
}

/** An authority of an installation's own: Postgres and NATS show certificates that it signed, services trust it alone. */
export interface Authority {
  /** What services trust: no secret. */
  readonly caFile: string;
  /** Signs a server's certificate for host names and addresses; writes `<name>.pem` and `<name>.key`. */
  issue(name: string, hosts: readonly string[]): { certFile: string; keyFile: string };
}

const AUTHORITY_DAYS = 3650;
const SERVER_DAYS = 365;

/** Makes an authority in a folder: `ca.pem`, `ca.key`. Needs the program `openssl`. Throws NoCertificate. */
export function makeAuthority(folder: string): Authority {
  const caFile = join(folder, 'ca.pem');
  const caKey = join(folder, 'ca.key');
  newKey(caKey);
  openssl([
    ...['req', '-x509', '-new', '-key', caKey, '-out', caFile, '-days', String(AUTHORITY_DAYS)],
    ...['-subj', '/CN=Recoup installation', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  ]);
  chmodSync(caFile, 0o644); // no secret, and read by whoever services run as
  return {
    caFile,
    issue(name, hosts) {
      const [certFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
      const [request, extensions] = [join(folder, `${name}.csr`), join(folder, `${name}.ext`)];
      newKey(keyFile);
      openssl(['req', '-new', '-key', keyFile, '-out', request, '-subj', `/CN=${name}`]);
      writeFileSync(extensions, extensionsFor(hosts));
      openssl([
        ...['x509', '-req', '-in', request, '-out', certFile, '-days', String(SERVER_DAYS)],
        ...['-CA', caFile, '-CAkey', caKey, '-CAcreateserial', '-extfile', extensions],
      ]);
      chmodSync(certFile, 0o644);
      for (const passing of [request, extensions]) rmSync(passing);
      return { certFile, keyFile };
    },
  };
}

/** Servers of a cluster call each other, so a server is a client too. */
function extensionsFor(hosts: readonly string[]): string {
  const names = hosts.map((host) => (/^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`));
  return [
    `subjectAltName=${names.join(',')}`,
    'extendedKeyUsage=serverAuth,clientAuth',
    'basicConstraints=critical,CA:FALSE',
  ].join('\n');
}

function newKey(file: string): void {
  openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', file]);
  chmodSync(file, 0o600);
}

function openssl(args: readonly string[]): void {
  try {
    execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (cause) {
    throw new NoCertificate(`openssl ${args[0]} failed; is it installed?`, { cause });
  }
}
