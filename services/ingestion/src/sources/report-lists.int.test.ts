import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../amazon/rate-limiter.js';
import { createReport, type ReportRequest, type ReportType } from '../amazon/reports.js';
import { startSimulatedAmazon, type SimulatedAmazon } from '../testing/simulated-amazon.js';
import { openUnlimitedClient } from '../testing/unlimited-client.js';
import { systemTimer } from '../timer.js';
import { openReportLists } from './report-lists.js';

const DAY_MS = 86_400_000;
const TODAY = Math.floor(Date.now() / DAY_MS) * DAY_MS;

let amazon: SimulatedAmazon;
beforeAll(async () => {
  amazon = await startSimulatedAmazon({ orders: 20, rateScale: 100_000 });
});
afterAll(() => amazon[Symbol.asyncDispose]());

function open(sellerId: string) {
  const caller: Caller = { sellerId, region: 'na', sync: null, signal: AbortSignal.any([]) };
  const client = openUnlimitedClient(amazon);
  const lists = openReportLists();
  return {
    lists,
    create: (asked: ReportRequest) => createReport(client, caller, asked),
    same: (asked: ReportRequest, after: number, signal = caller.signal) =>
      lists.same({ client, caller: { ...caller, signal }, timer: systemTimer }, { asked, after }),
    listings: async () => (await amazon.calls(sellerId)).get('getReports')?.calls ?? 0,
  };
}

/** Some days until today. */
function request(reportType: ReportType, days: number): ReportRequest {
  const from = new Date(TODAY - days * DAY_MS);
  return { reportType, marketplaceIds: ['ATVPDKIKX0DER'], from, to: new Date(TODAY - 1) };
}

const LEDGER = 'GET_LEDGER_DETAIL_VIEW_DATA';
const SUMMARY = 'GET_LEDGER_SUMMARY_VIEW_DATA';
const ORDERS = 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL';

describe('lists of reports', () => {
  it('given many that were asked for before, then one list answers for all, each with its own', async () => {
    const { lists, create, same, listings } = open('A0LISTMANY001');
    const asked = [request(LEDGER, 20), request(LEDGER, 10), request(SUMMARY, 20)];
    const ids = await Promise.all(asked.map(create));
    const after = lists.moment();
    const found = await Promise.all(asked.map((one) => same(one, after)));
    expect(found).toEqual(ids.map((id) => [id]));
    expect(await same(request(SUMMARY, 10), after)).toEqual([]);
    expect(await listings()).toBe(1);
  });

  it('given one that was asked for after the list, then it is asked for anew', async () => {
    const { lists, create, same, listings } = open('A0LISTLATER01');
    const asked = request(LEDGER, 20);
    expect(await same(asked, lists.moment())).toEqual([]);
    const id = await create(asked);
    expect(await same(asked, lists.moment())).toEqual([id]);
    expect(await listings()).toBe(2);
  });

  it('given a type that Amazon does not list beside the others, then it has a list of its own', async () => {
    const { lists, create, same, listings } = open('A0LISTTYPES01');
    const asked = request(ORDERS, 20);
    const id = await create(asked);
    const after = lists.moment();
    expect(await same(request(LEDGER, 20), after)).toEqual([]);
    expect(await same(asked, after)).toEqual([id]);
    expect(await listings()).toBe(2);
  });

  it('given who asked for the list was stopped, then another asks', async () => {
    const { lists, create, same } = open('A0LISTSTOP001');
    const asked = request(LEDGER, 20);
    const id = await create(asked);
    const after = lists.moment();
    const stopped = same(asked, after, AbortSignal.abort(new Error('stopped')));
    const other = same(asked, after);
    await expect(stopped).rejects.toThrow('stopped');
    expect(await other).toEqual([id]);
  });
});
