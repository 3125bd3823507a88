import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startRig, US_SELLER, type Rig } from '../testing/rig.js';

const PATH = '/case-desk/cases';
const claim = {
  sellerId: US_SELLER,
  claimId: 'claim_1',
  subtype: 'lost_warehouse',
  fnsku: 'X000TEST',
  quantity: 3,
  text: 'Three units were misplaced and never found.',
};

let rig: Rig;
beforeEach(async () => {
  rig = await startRig({ SANDBOX_ORDERS: 0 });
});
afterEach(() => rig[Symbol.asyncDispose]());

const file = (key: string, body: object = claim) =>
  rig.call(PATH, { method: 'POST', body, headers: { 'idempotency-key': key } });
const caseIdOf = ({ json }: { json: unknown }) =>
  z.object({ caseId: z.string() }).parse(json).caseId;
const listed = z.object({
  cases: z.array(
    z.object({ caseId: z.string(), idempotencyKey: z.string(), request: z.looseObject({}) }),
  ),
});
const lookUp = async (key: string) =>
  listed.parse((await rig.call(`${PATH}?idempotencyKey=${key}`)).json).cases;

describe('given a case that is filed', () => {
  test('when it is filed again, then it is the same case; with another content, then it is refused', async () => {
    const first = await file('key-1');
    expect(first.status).toBe(201);
    const { text, ...others } = claim;
    const again = await file('key-1', { text, ...others });
    expect([again.status, caseIdOf(again)]).toEqual([200, caseIdOf(first)]);
    expect((await file('key-1', { ...claim, quantity: 4 })).status).toBe(409);
    expect(await lookUp('key-1')).toMatchObject([{ caseId: caseIdOf(first), request: claim }]);
  });

  test('when it is filed many times at once, then there is one case', async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => file('key-2')));
    expect(replies.map(({ status }) => status).sort()).toEqual([
      200, 200, 200, 200, 200, 200, 200, 201,
    ]);
    expect(new Set(replies.map(caseIdOf)).size).toBe(1);
    expect(listed.parse((await rig.call(PATH)).json).cases).toHaveLength(1);
  });

  test('when the answer is lost, then the case is there all the same, also after a restart', async () => {
    const fault = { operation: 'createCase', mode: 'drop_after_accept' };
    await rig.call('/sandbox/faults', { method: 'POST', body: fault });
    await expect(file('key-3')).rejects.toThrow();
    await rig.restart();
    const [found] = await lookUp('key-3');
    expect(found?.caseId).toMatch(/^\d{11}$/);
    expect(caseIdOf(await file('key-3'))).toBe(found?.caseId);
  });

  test('when a write was cut off by a crash, then the desk opens without it', async () => {
    await file('key-4');
    const path = join(rig.directory, 'cases.jsonl');
    await appendFile(path, '{"caseId":"1","idempot');
    await rig.restart();
    expect(await lookUp('key-4')).toHaveLength(1);
    await file('key-5');
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toHaveLength(2);
  });
});

describe('given a case that is no case', () => {
  test('then it is refused: without a key, without its content, or by an order to fail', async () => {
    expect((await rig.call(PATH, { method: 'POST', body: claim })).status).toBe(400);
    expect((await file('key-6', { sellerId: US_SELLER })).status).toBe(400);
    const fault = { operation: 'createCase', status: 503 };
    await rig.call('/sandbox/faults', { method: 'POST', body: fault });
    expect((await file('key-6')).status).toBe(503);
    expect(await lookUp('key-6')).toEqual([]);
  });
});
