import { describe, expect, it } from 'vitest';
import type { KnownWindow } from '../jobs/windows.js';
import { sourcesOf } from '../sources/registry.js';
import { openCallsLeft } from './calls-left.js';

const SOURCES = sourcesOf('api');
const routeOf = (resource: KnownWindow['resource']): string =>
  SOURCES.find((source) => source.resource === resource)?.route ?? '';

function windowOf(nth: number, rest: Partial<KnownWindow>): KnownWindow {
  const instant = new Date('2026-01-01T00:00:00Z');
  const resource = rest.resource ?? 'transactions';
  return {
    nth,
    resource,
    route: routeOf(resource),
    basis: 'posted',
    scope: '',
    from: instant,
    to: instant,
    calls: 10,
    expected: null,
    reportId: null,
    reportAsks: 0,
    closed: false,
    received: 0,
    ...rest,
  };
}

describe('the calls that are left', () => {
  it('given nothing was called yet, then what the plan expects', () => {
    const windows = [windowOf(0, {}), windowOf(1, { calls: 5 })];
    expect(openCallsLeft(SOURCES).of(windows)).toEqual({ listTransactions: 15 });
  });

  it('given pages of an open window were read, then only the others are left, and never less than none', () => {
    const left = openCallsLeft(SOURCES);
    for (let call = 0; call < 4; call += 1) left.note(0, 'listTransactions');
    expect(left.of([windowOf(0, {})])).toEqual({ listTransactions: 6 });
    for (let call = 0; call < 40; call += 1) left.note(0, 'listTransactions');
    expect(left.of([windowOf(0, {})])).toEqual({ listTransactions: 0 });
  });

  it('given a window took twice what was expected, then the others of its route are expected to', () => {
    const left = openCallsLeft(SOURCES);
    for (let call = 0; call < 20; call += 1) left.note(0, 'listTransactions');
    const windows = [windowOf(0, { closed: true }), windowOf(1, {})];
    const orders = windowOf(2, { resource: 'orders', calls: 3 });
    expect(left.of([...windows, orders])).toEqual({ listTransactions: 20, searchOrders: 3 });
  });

  it('given a predecessor had asked for the report, then it is not asked for again', () => {
    const windows = [windowOf(0, { resource: 'ledger', reportId: 'report' })];
    expect(openCallsLeft(SOURCES).of(windows)).toMatchObject({
      createReport: 0,
      getReportDocument: 1,
    });
  });
});
