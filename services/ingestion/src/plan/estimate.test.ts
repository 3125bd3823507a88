import { describe, expect, it } from 'vitest';
import { operations, type OperationName } from '../amazon/operations.js';
import type { BucketLevels } from '../limits/bucket-levels.js';
import { addDemand, secondsLeft } from './estimate.js';

const full = Object.fromEntries(
  Object.entries(operations).map(([name, { rate, burst }]) => [name, { rate, tokens: burst }]),
) as Record<OperationName, { rate: number; tokens: number }> satisfies BucketLevels;

describe('secondsLeft', () => {
  it('given calls within the burst, then nothing has to be waited for', () => {
    expect(secondsLeft({ demand: { searchOrders: 20 }, reportSeconds: null }, full)).toBe(0);
  });

  it('given 25 pages of orders, then five wait for their tokens: 15 minutes, as Amazon publishes', () => {
    const seconds = secondsLeft({ demand: { searchOrders: 25 }, reportSeconds: null }, full);
    expect(seconds / 60).toBeCloseTo(14.9, 1);
  });

  it('given several operations, then the slowest decides, and reports take their time on top', () => {
    const demand = { searchOrders: 21, listTransactions: 12, createReport: 15 };
    expect(secondsLeft({ demand, reportSeconds: 60 }, full)).toBeCloseTo(1 / 0.0056 + 60, 5);
  });

  it('given fee estimates, then they begin when the rest is done, and take their time on top', () => {
    const demand = { searchOrders: 21, getMyFeesEstimates: 101 };
    expect(secondsLeft({ demand, reportSeconds: null }, full)).toBeCloseTo(1 / 0.0056 + 200, 5);
  });

  it('given an overdrawn bucket, then it counts as empty', () => {
    const levels = { ...full, listTransactions: { rate: 0.5, tokens: -3 } };
    expect(secondsLeft({ demand: { listTransactions: 2 }, reportSeconds: null }, levels)).toBe(4);
  });
});

describe('addDemand', () => {
  it('given two report sources, then they share one operation', () => {
    const demand = addDemand([{ createReport: 12 }, { createReport: 4, searchOrders: 1 }]);
    expect(demand).toEqual({ createReport: 16, searchOrders: 1 });
  });
});
