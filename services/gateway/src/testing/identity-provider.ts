import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose';

/** An identity provider: signs tokens, and publishes the keys to check them with over real HTTP. */
export interface IdentityProvider extends AsyncDisposable {
  readonly url: string;
  /** How often its keys were fetched. */
  fetches: number;
  /** What it answers instead of its keys; null for the keys. */
  answer: { readonly status: number; readonly body: string } | 'hang' | null;
  /** The keys it publishes. */
  readonly keys: JWK[];
  /** Publishes a new key, by which tokens are signed from then on; answers its id. */
  rotate(alg?: string): Promise<string>;
  /** A token good for an hour, unless told otherwise. */
  token(claims: JWTPayload, header?: Readonly<Record<string, unknown>>): Promise<string>;
}

export async function openIdentityProvider(alg = 'ES256'): Promise<IdentityProvider> {
  let signer: { key: CryptoKey; kid: string; alg: string };
  let made = 0;
  const server = createServer((_request, response) => {
    provider.fetches += 1;
    if (provider.answer === 'hang') return;
    const { status, body } = provider.answer ?? {
      status: 200,
      body: JSON.stringify({ keys: provider.keys }),
    };
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const provider: IdentityProvider = {
    url: `http://127.0.0.1:${port}/.well-known/jwks.json`,
    fetches: 0,
    answer: null,
    keys: [],
    async rotate(newAlg = alg) {
      made += 1;
      const { publicKey, privateKey } = await generateKeyPair(newAlg, { extractable: true });
      signer = { key: privateKey, kid: `key-${made}`, alg: newAlg };
      provider.keys.push({ ...(await exportJWK(publicKey)), kid: signer.kid, alg: newAlg });
      return signer.kid;
    },
    token(claims, header = {}) {
      const inAnHour = Math.floor(Date.now() / 1000) + 3600;
      return new SignJWT({ exp: inAnHour, ...claims })
        .setProtectedHeader({ alg: signer.alg, kid: signer.kid, ...header })
        .sign(signer.key);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  await provider.rotate();
  return provider;
}
