import type { DocumentCheck } from '@recoup/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { successProbability, tierOfProbability } from './success-probability.js';

const available: DocumentCheck = { type: 'ledger_extract', status: 'Available', reasons: [] };
const missing: DocumentCheck = { type: 'ledger_extract', status: 'Missing', reasons: ['gone'] };
const invoice: DocumentCheck = { type: 'supplier_invoice', status: 'Missing', reasons: ['none'] };

const after = (confidence: number, documents: readonly DocumentCheck[], compliant = true): number =>
  successProbability({ confidence, documents, compliant });

describe('given the score of the detector', () => {
  it('then complete evidence leaves it as it is', () => {
    expect(after(0.93, [available])).toBe(0.93);
  });
  it('then a missing invoice leaves it as it is', () => {
    expect(after(0.93, [available, invoice])).toBe(0.93);
  });
  it("then a loss that cannot be shown falls into a person's hands", () => {
    expect(tierOfProbability(after(0.99, [missing]))).toBe('manual');
  });
  it('then a broken rule leaves nothing', () => {
    expect(after(0.99, [available], false)).toBe(0);
  });
  it('then every hundredth stays what it is', () => {
    for (let hundredths = 0; hundredths <= 100; hundredths += 1) {
      expect(after(hundredths / 100, [available])).toBe(hundredths / 100);
    }
  });
  it.each([
    [0.8499, 'prompt'],
    [0.85, 'auto'],
    [0.5, 'prompt'],
    [0.4999, 'manual'],
  ])('then %d is never rounded up into a higher tier: %s', (confidence, tier) => {
    expect(tierOfProbability(after(confidence, [available]))).toBe(tier);
  });
});

describe('given any evidence', () => {
  it('then it never raises the score, and stays a probability', () => {
    const documents = fc.array(fc.constantFrom(available, missing, invoice));
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        documents,
        fc.boolean(),
        (...given) => {
          const probability = after(...given);
          expect(probability).toBeGreaterThanOrEqual(0);
          // The tolerance of the cut: a hundredth that binary cannot hold.
          expect(probability).toBeLessThanOrEqual(given[0] + 1e-9);
        },
      ),
    );
  });
});
