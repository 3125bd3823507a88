import { readFile } from 'node:fs/promises';
import { claimModelFile } from '@recoup/detection';
import { describe, expect, it } from 'vitest';
import { filesOf } from './files.js';

const ROOT = new URL('../../../', import.meta.url);
const files = Object.entries(filesOf(claimModelFile));

describe('given the model that scores claims', () => {
  it.each(files)('then %s is what training wrote with it', async (path, text) => {
    expect(await readFile(new URL(path, ROOT), 'utf8')).toBe(text);
  });

  it('then its card says plainly that all of it is synthetic', async () => {
    expect(await readFile(new URL('docs/model-card.md', ROOT), 'utf8')).toMatch(/is synthetic/);
  });

  const { same, shifted } = claimModelFile.figures;

  it('then it is calibrated on 20,000 claims of the same worlds, and as many of shifted ones', () => {
    expect(same.claims).toBeGreaterThanOrEqual(20_000);
    expect(same.ece).toBeLessThanOrEqual(0.02);
    const claims = shifted.reduce((sum, { measured }) => sum + measured.claims, 0);
    expect(claims).toBeGreaterThanOrEqual(20_000);
    for (const { measured } of shifted) expect(measured.ece).toBeLessThanOrEqual(0.05);
  });

  it('then it says more than the base rate, and more than the rules alone', () => {
    for (const measured of [same, ...shifted.map((shift) => shift.measured)]) {
      expect(measured.brier).toBeLessThan(measured.brierBaseRate);
      expect(measured.brier).toBeLessThan(measured.brierRules);
    }
  });
});
