import { readFileSync } from 'node:fs';
import { nkeyAuthenticator, nkeys, type ConnectionOptions } from '@nats-io/nats-core';
import type { NodeConnectionOptions } from '@nats-io/transport-node';
import { AppError } from '@recoup/kernel';

/** What stands in the way of a connection is in the settings, and no waiting will help. */
export class BadAccess extends AppError {
  readonly code = 'BAD_BUS_ACCESS';
}

/** How a process proves to the server who it is, and how the server proves it to the process. */
export interface Access {
  /** One address, or those of a cluster by commas: `tls://` needs a server whose certificate names its host. */
  readonly url: string;
  /** Certificates (PEM) that may have signed the server's; unset, those that Node trusts. */
  readonly caFile?: string | undefined;
  /** The seed of an nkey (`SU…`). The server knows the public key only, so nothing secret stands in its file. */
  readonly nkeySeed?: string | undefined;
}

type AccessOptions = Pick<ConnectionOptions, 'authenticator'> &
  Pick<NodeConnectionOptions, 'servers' | 'tls'>;

/** The client's options for it. Throws BadAccess when a file cannot be read or a seed is none. */
export function accessOptions({ url, caFile, nkeySeed }: Access): AccessOptions {
  const servers = url.split(',').map((address) => address.trim());
  // With options for TLS the client refuses a server that offers none, which a server in between could otherwise do.
  const secured = servers.some((address) => address.startsWith('tls://'));
  return {
    servers,
    ...(secured && { tls: caFile === undefined ? {} : { ca: certificatesIn(caFile) } }),
    ...(nkeySeed !== undefined && { authenticator: nkeyAuthenticator(seedOf(nkeySeed)) }),
  };
}

/** A key pair for a user of the server: its permissions stand beside the public key. */
export function newBusUser(): { readonly seed: string; readonly publicKey: string } {
  const pair = nkeys.createUser();
  return { seed: new TextDecoder().decode(pair.getSeed()), publicKey: pair.getPublicKey() };
}

/** The public key of a seed. Throws BadAccess when it is none. */
export function publicKeyOf(seed: string): string {
  return nkeys.fromSeed(seedOf(seed)).getPublicKey();
}

function seedOf(text: string): Uint8Array {
  const seed = new TextEncoder().encode(text.trim());
  try {
    nkeys.fromSeed(seed);
    return seed;
  } catch {
    throw new BadAccess('the seed of the nkey for NATS is none: it begins with SU'); // never the seed itself
  }
}

function certificatesIn(caFile: string): string {
  try {
    return readFileSync(caFile, 'utf8');
  } catch (cause) {
    throw new BadAccess(`the file with the certificates for NATS cannot be read: ${caFile}`, {
      cause,
    });
  }
}
