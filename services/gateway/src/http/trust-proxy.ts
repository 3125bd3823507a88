import { isIP } from 'node:net';
import { z } from 'zod';

/** Names that stand for ranges, as the framework reads them. */
const NAMED_RANGES = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** More reverse proxies one behind the other than this is a typing error. */
const MAX_HOPS = 16;

/**
 * `TRUST_PROXY`: whose word about the client's address, host and scheme counts (`X-Forwarded-For`, `-Host`, `-Proto`).
 * A number of reverse proxies between the internet and this process, or their addresses and ranges, comma-separated.
 * Whoever can reach this process past them could claim any address: a number is only right where nobody can.
 */
export const trustProxySchema = z
  .string()
  .default('0')
  .transform((text) =>
    /^\d+$/.test(text.trim()) ? Number(text) : text.split(',').map((range) => range.trim()),
  )
  .refine(
    (trusted) => (typeof trusted === 'number' ? trusted <= MAX_HOPS : trusted.every(isRange)),
    'needs a number of proxies, or their addresses and CIDR ranges separated by commas',
  );
export type TrustProxy = z.infer<typeof trustProxySchema>;

/** The framework's option. A bare number it takes for "trust nobody", so that hops are counted here. */
export function trustedBy(
  trusted: TrustProxy,
): false | string[] | ((address: string, hop: number) => boolean) {
  if (typeof trusted !== 'number') return [...trusted];
  return trusted === 0 ? false : (_address, hop) => hop < trusted;
}

function isRange(text: string): boolean {
  if (NAMED_RANGES.has(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  );
}
