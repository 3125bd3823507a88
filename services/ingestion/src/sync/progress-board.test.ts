import type { SyncResource } from '@recoup/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KnownWindow } from '../jobs/windows.js';
import { sourcesOf } from '../sources/registry.js';
import { openProgressBoard, type ProgressBoard } from './progress-board.js';

const SOURCES = sourcesOf('api');
const RESOURCES = SOURCES.map(({ resource }) => resource);

function windowOf(nth: number, resource: SyncResource, calls = 1): KnownWindow {
  const instant = new Date('2026-01-01T00:00:00Z');
  const time = { basis: 'created', scope: '', from: instant, to: instant } as const;
  return {
    nth,
    resource,
    route: SOURCES.find((source) => source.resource === resource)?.route ?? '',
    calls,
    expected: null,
    ...time,
    reportId: null,
    reportAsks: 0,
    closed: false,
    received: 0,
  };
}

function boardOf(windows: readonly KnownWindow[], orders: number | null = null): ProgressBoard {
  return openProgressBoard({ windows, sources: SOURCES, totals: { orders } });
}

describe('the progress of a sync', () => {
  it('given orders under way, then the message counts them with thousands separated', () => {
    const board = boardOf(
      [windowOf(0, 'orders'), windowOf(1, 'orders'), windowOf(2, 'ledger')],
      2500,
    );
    board.close(0, 1247);
    expect(board.message()).toBe('Processing orders... 1,247 of 2,500 orders processed');
  });

  it('given the orders done, then the message speaks of what is still going on', () => {
    const board = boardOf([windowOf(0, 'orders'), windowOf(1, 'transactions')], 10);
    board.close(0, 10);
    expect(board.message()).toBe('Processing transactions... 0 transactions processed');
  });

  it('given more orders than were counted, then never "5 of 3"', () => {
    const board = boardOf([windowOf(0, 'orders'), windowOf(1, 'orders')], 3);
    board.close(0, 5);
    expect(board.counts().orders).toEqual({ processed: 5, total: 5 });
  });

  it('given fewer orders than were counted, when all are read, then the total is what is stored', () => {
    const board = boardOf([windowOf(0, 'orders')], 2500);
    board.close(0, 2498);
    expect(board.counts().orders).toEqual({ processed: 2498, total: 2498 });
  });

  it('given windows closed in any order, then the percentage never falls and is 99 at the end', () => {
    const shape = fc.tuple(fc.constantFrom(...RESOURCES), fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(
        fc.array(shape, { minLength: 1 }),
        fc.infiniteStream(fc.nat()),
        (shapes, random) => {
          const windows = shapes.map(([resource, calls], nth) => windowOf(nth, resource, calls));
          const board = boardOf(windows);
          const order = [...windows].sort(() => (random.next().value % 3) - 1);
          let before = board.percent();
          for (const { nth } of order) {
            board.close(nth, 1);
            expect(Number.isInteger(board.percent())).toBe(true);
            expect(board.percent()).toBeGreaterThanOrEqual(before);
            before = board.percent();
          }
          expect(before).toBe(99);
        },
      ),
    );
  });

  it('given a window that turns out to need more calls, then what is left and done is reckoned with them', () => {
    const estimates = windowOf(1, 'feeEstimates');
    const board = boardOf([windowOf(0, 'orders'), estimates]);
    board.close(0, 10);
    board.replace([{ ...estimates, calls: 9 }]);
    expect(board.demand()).toEqual({ getMyFeesEstimates: 9 });
    expect(board.percent()).toBe(9); // one call of ten
  });

  it('given reports still to come, then they are part of the demand until they are closed', () => {
    const board = boardOf([windowOf(0, 'ledger', 3), windowOf(1, 'orders', 4)]);
    expect(board.demand()).toEqual({
      searchOrders: 4,
      createReport: 1,
      getReport: 1,
      getReportDocument: 1,
    });
    expect(board.waitsForReports()).toBe(true);
    board.close(0, 10);
    expect(board.demand()).toEqual({ searchOrders: 4 });
    expect(board.waitsForReports()).toBe(false);
  });
});
