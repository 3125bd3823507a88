import { afterAll, beforeAll, expect, it } from 'vitest';
import { MOMENTS, openReadingStage, type ReadingStage } from '../testing/reading-stage.js';

const ROUNDS = 20;
/** Within these, after its scan, a page is read and its reading written: rounds die all along. */
const SPREAD_MS = 400;

let stage: ReadingStage;
beforeAll(async () => {
  stage = await openReadingStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

it.each(MOMENTS)(
  'given documents, when their reader is killed each time %s, then each is read, once',
  async (moment) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { events, texts } = await stage.round(moment, (round / ROUNDS) * SPREAD_MS);
      expect(events).toEqual(['claim.document_uploaded', 'claim.document_read']);
      expect(texts).toBe(1);
    }
  },
  1_200_000,
);
