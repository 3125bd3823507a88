import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { AppError } from '@recoup/kernel';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';

/** A name led to an address that is not out in the internet: calling it could reach what only we may reach. */
export class RefusedAddress extends AppError {
  readonly code = 'REFUSED_ADDRESS';
}

/**
 * Whether an address is one of the open internet. Everything that IANA keeps for something else is not: loopback,
 * private and link-local networks (where clouds keep their metadata), carrier-grade NAT, multicast, documentation, and
 * IPv6 forms that carry an IPv4 address in them, but for mapped ones, which are looked at as what they carry.
 */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

export type ResolveAll = (
  hostname: string,
  answer: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

const resolveByDns: ResolveAll = (hostname, answer) => {
  dnsLookup(hostname, { all: true }, (error, addresses) => answer(error, addresses ?? []));
};

/**
 * Opens connections to public addresses only. The address is looked at where the connection is made: a name that answered
 * with another one before (DNS rebinding) gains nothing. Of several addresses one that is refused refuses all.
 */
export function publicConnector(
  timeoutMs: number,
  resolveAll: ResolveAll = resolveByDns,
): buildConnector.connector {
  const lookup: LookupFunction = (hostname, options, done) => {
    resolveAll(hostname, (error, addresses) => {
      const refused = addresses.find(({ address }) => !isPublicAddress(address));
      const first = addresses[0];
      if (error) return done(error, []);
      if (refused || !first) return done(refusal(hostname), []);
      return options.all ? done(null, [...addresses]) : done(null, first.address, first.family);
    });
  };
  const connect = buildConnector({ timeout: timeoutMs, lookup });
  return (options, done) => {
    // An address in place of a name is never looked up.
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (ipaddr.isValid(host) && !isPublicAddress(host)) return done(refusal(host), null);
    connect(options, done);
  };
}

function refusal(host: string): RefusedAddress {
  return new RefusedAddress(`${host} is no address of the open internet`);
}
