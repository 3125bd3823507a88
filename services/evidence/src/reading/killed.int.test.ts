import { afterAll, beforeAll, expect, it } from 'vitest';
import { MOMENTS, openReadingStage, type ReadingStage } from '../testing/reading-stage.js';

let stage: ReadingStage;
beforeAll(async () => {
  stage = await openReadingStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

it.each(MOMENTS)(
  'given a document, when its reader is killed %s, then it is read, once',
  async (moment) => {
    const { readBefore, ...left } = await stage.round(moment, 0);
    const events = ['claim.document_uploaded', 'claim.document_read'];
    expect(left).toEqual({ events, texts: 1 });
    expect(readBefore).toBe(moment === 'before its work is settled');
  },
  300_000,
);
