import { describe, expect, test } from 'vitest';
import { FATES, faultSchema, type FaultOrder } from './fault.js';
import { faults } from './faults.js';
import { stormOf, stormSchema } from './storm.js';

const US_SELLER = 'A2HARBORPINE01';
const CA_SELLER = 'A3MAPLETRAIL02';

function ordered(...orders: readonly FaultOrder[]) {
  const made = faults();
  for (const order of orders) made.add(faultSchema.parse(order));
  return made;
}

/** Which of a seller's next calls fail. */
const failing = (made: ReturnType<typeof faults>, sellerId: string, calls = 400) =>
  Array.from({ length: calls }, (_, n) => (made.ofCall('getOrders', sellerId) ? n : -1)).filter(
    (n) => n >= 0,
  );

describe('given a fault that happens by chance', () => {
  const order: FaultOrder = {
    operation: 'getOrders',
    status: 503,
    times: 'always',
    probability: 0.25,
    seed: 7,
  };

  test('then it strikes about that share of the calls, and the same ones when ordered again', () => {
    const struck = failing(ordered(order), US_SELLER);
    expect(struck.length).toBeGreaterThan(60);
    expect(struck.length).toBeLessThan(140);
    expect(failing(ordered(order), US_SELLER)).toEqual(struck);
    expect(failing(ordered({ ...order, seed: 8 }), US_SELLER)).not.toEqual(struck);
  });

  test('then the calls of another seller in between change nothing', () => {
    const made = ordered(order);
    const struck = Array.from({ length: 400 }, (_, n) => {
      failing(made, CA_SELLER, 3);
      return made.ofCall('getOrders', US_SELLER) ? n : -1;
    }).filter((n) => n >= 0);
    expect(struck).toEqual(failing(ordered(order), US_SELLER));
  });
});

describe('given faults of several kinds for one operation', () => {
  test('then each waits for its own moment, and is used up by it', () => {
    const made = ordered(
      { operation: 'searchOrders', mode: 'empty_page' },
      { operation: 'searchOrders', mode: 'slow_body', seconds: 9 },
      { operation: 'searchOrders', status: 429, times: 2 },
    );
    const call = () => made.ofCall('searchOrders', US_SELLER)?.status;
    expect([call(), call(), call()]).toEqual([429, 429, undefined]);
    expect(made.ofBody('searchOrders', US_SELLER)).toMatchObject({ seconds: 9 });
    expect(made.ofBody('searchOrders', US_SELLER)).toBeUndefined();
    expect(made.ofEffect('searchOrders', US_SELLER, ['empty_page'])).toBe('empty_page');
    expect(made.ofEffect('searchOrders', US_SELLER, ['empty_page'])).toBeUndefined();
  });

  test('then it is told what has struck how often, also after all are taken back', () => {
    const made = ordered(
      { operation: 'getOrders', status: 429, times: 5 },
      { operation: 'searchOrders', mode: 'empty_page' },
    );
    made.ofCall('getOrders', US_SELLER);
    made.ofCall('getOrders', CA_SELLER);
    made.ofEffect('searchOrders', US_SELLER, ['empty_page']);
    made.clear();
    expect(made.struck()).toEqual([
      { operation: 'getOrders', kind: '429', times: 2 },
      { operation: 'searchOrders', kind: 'empty_page', times: 1 },
    ]);
  });

  test('then one for a type of report spares the others', () => {
    const reportType = 'GET_LEDGER_DETAIL_VIEW_DATA';
    const made = ordered({ operation: 'createReport', status: 403, times: 9, reportType });
    const call = (type: string) => made.ofCall('createReport', US_SELLER, type)?.status;
    expect([call(reportType), call('GET_FBA_REIMBURSEMENTS_DATA')]).toEqual([403, undefined]);
    const ends = ordered({ operation: 'createReport', mode: 'cancelled', reportType });
    const end = (type: string) => ends.ofEffect('createReport', US_SELLER, FATES, type);
    expect([end('GET_FBA_REIMBURSEMENTS_DATA'), end(reportType)]).toEqual([undefined, 'cancelled']);
  });

  test.each([
    { operation: 'createReport', mode: 'reset', reportType: 'GET_LEDGER_DETAIL_VIEW_DATA' },
    { operation: 'searchOrders', mode: 'truncated' },
    { operation: 'token', mode: 'slow_body' },
    { operation: 'document', mode: 'empty_page' },
    { operation: 'searchOrders', status: 500, mode: 'reset' },
    { operation: 'searchOrders', status: 500, probability: 0 },
  ])('then %j is no order', (order) => {
    expect(faultSchema.safeParse(order).success).toBe(false);
  });
});

describe('given a storm', () => {
  const storm = (more: object = {}) =>
    stormOf(stormSchema.parse({ profile: 'storm', seed: 3, share: 0.3, ...more }));

  test('then every way of failing but a timeout is in it, and what is left out is not', () => {
    const modes = new Set(storm().flatMap(({ mode }) => (mode ? [mode] : [])));
    expect([...modes].sort()).toEqual([
      ...['cancelled', 'drop_after_accept', 'empty_page', 'expired_document', 'expired_page'],
      ...['fatal', 'repeated_page', 'reset', 'reset_body', 'service_error', 'slow_body'],
      'truncated',
    ]);
    const calm = storm({ without: ['cancelled', 'fatal'] }).map(({ mode }) => mode);
    expect(calm).not.toContain('cancelled');
    expect(calm).toContain('truncated');
  });

  test('then no operation fails more often than its share', () => {
    const byPlace = new Map<string, number>();
    for (const { operation, probability } of storm()) {
      byPlace.set(operation, (byPlace.get(operation) ?? 0) + probability);
    }
    for (const share of byPlace.values()) expect(share).toBeCloseTo(0.3, 9);
  });
});
