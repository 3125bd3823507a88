import { AppError } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import { isTransient } from './transient.js';

class Refused extends AppError {
  readonly code = 'REFUSED';
}

const coded = (code: string): Error => Object.assign(new Error('said by the database'), { code });

describe('a failure', () => {
  it.each(['08006', '40001', '40P01', '53300', '55P03', '57P01', 'ECONNREFUSED', 'ECONNRESET'])(
    'with the code %s would have met any event',
    (code) => expect(isTransient(coded(code))).toBe(true),
  );

  // As node-postgres 8 words them (pg/lib/client.js, pg-pool).
  it.each([
    'Connection terminated',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
  ])('of the driver in the words "%s", too', (words) => {
    expect(isTransient(new Error(words))).toBe(true);
  });

  it.each([
    coded('23505'),
    coded('22P02'),
    new Refused('connection-tenant-1 belongs to another tenant'),
    new Error('connection-tenant-1 has no consent at version 3'),
    new TypeError("Cannot read properties of undefined (reading 'connection')"),
    'Connection terminated',
    null,
  ])('of the event itself is none: %s', (error) => expect(isTransient(error)).toBe(false));
});
