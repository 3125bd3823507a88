import { isIP } from 'node:net';
import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';

/** One customer of a provider holds at least these bits of IPv6 addresses: they count as one. */
const IPV6_PREFIX = 64;

/** Who asks, as far as the network knows: an IPv4 address, or the /64 of an IPv6 address. */
export function clientAddress({ ip, socket }: FastifyRequest): string {
  // What a proxy forwards as an address can be any text, of any length.
  const address = isIP(ip) === 0 ? (socket.remoteAddress ?? '') : ip;
  return isIP(address) === 0 ? '' : normalizeIP(address, IPV6_PREFIX);
}
