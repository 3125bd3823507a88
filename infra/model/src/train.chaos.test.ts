import { describe, expect, it } from 'vitest';
import { filesOf } from './files.js';
import { train } from './train.js';

const FEW = { training: 1, calibration: 1, test: 1, shifted: 0 } as const;

describe('given a few sellers', () => {
  it('then training twice gives the same model, card and picture, byte for byte', async () => {
    const once = filesOf(await train(FEW));
    expect(filesOf(await train(FEW))).toEqual(once);
  }, 300_000);
});
