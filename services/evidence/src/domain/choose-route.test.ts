import type { Tier } from '@recoup/contracts';
import { NO_CONSENT, type Validation } from '@recoup/domain';
import { describe, expect, it } from 'vitest';
import { claimOf, detectedData, unknownValue, type Detected } from '../testing/detected.js';
import { lostRow } from '../testing/rows.js';
import { chooseRoute, type RouteInput } from './choose-route.js';

const proven: Validation = {
  requiredDocuments: 'Available',
  documents: [],
  amazonCompliance: 'Verified',
  complianceReasons: [],
  successProbability: 0.9,
};

function routeOf(
  change: Partial<Detected>,
  validation: Partial<Validation> = {},
  choices: Partial<Pick<RouteInput, 'autoFile' | 'approvalLimit'>> = {},
) {
  return chooseRoute({
    claim: claimOf(detectedData({ ledger: [lostRow()], change })),
    validation: { ...proven, ...validation },
    approvalLimit: 500,
    autoFile: true,
    ...choices,
  });
}

const worth = (amount: string, currency = 'USD'): Pick<Detected, 'value'> => ({
  value: {
    basis: 'paid_history',
    perUnit: { amount, currency },
    total: { amount, currency },
  },
});

describe('given a proven claim', () => {
  it.each<[Tier, number, string]>([
    ['auto', 0.85, 'auto'],
    ['auto', 0.84, 'prompt'],
    ['prompt', 0.99, 'prompt'],
    ['auto', 0.5, 'prompt'],
    ['prompt', 0.49, 'manual'],
    ['auto', 0.49, 'manual'],
    ['manual', 0.99, 'manual'],
  ])('then the lower of tier %s and probability %d decides: %s', (tier, probability, kind) => {
    const score = {
      modelVersion: 'hand-1',
      confidence: probability,
      intercept: 0,
      contributions: [],
    };
    expect(routeOf({ tier, score }, { successProbability: probability })?.kind).toBe(kind);
  });

  it('then a prompt asks one question that names the units', () => {
    const route = routeOf({ tier: 'prompt' });
    expect(route).toMatchObject({ kind: 'prompt', prompt: { kind: 'confirm_not_found' } });
    const question = route?.kind === 'prompt' ? route.prompt.question : '';
    expect(question).toContain('4 units of Blue mug (SKU MUG-BLUE) lost in a warehouse (PHX7)');
    expect(question.match(/\?/g)).toHaveLength(1);
  });
});

describe('given an unknown value', () => {
  const invoice = { type: 'supplier_invoice', status: 'Missing' as const, reasons: ['no cost'] };
  const missing = { requiredDocuments: 'Missing' as const, documents: [invoice] };

  it.each<Tier>(['auto', 'prompt'])(
    'then tier %s asks for the unit cost and nothing else',
    (tier) => {
      const route = routeOf({ tier, value: unknownValue }, missing);
      expect(route).toMatchObject({ kind: 'prompt', prompt: { kind: 'unit_cost' } });
    },
  );

  it('then an unlikely claim still goes to a person, who is told so', () => {
    const route = routeOf({ tier: 'manual', value: unknownValue }, missing);
    expect(route).toMatchObject({ kind: 'manual' });
    expect(route?.kind === 'manual' && route.reasons).toContain('The value of a unit is not known');
  });
});

describe('given what no probability overrides', () => {
  it('then a broken rule goes to a person, with the rule', () => {
    const broken = {
      amazonCompliance: 'Not verified' as const,
      complianceReasons: ['too late'],
      successProbability: 0,
    };
    expect(routeOf({}, broken)).toEqual({ kind: 'manual', reasons: ['too late'] });
  });

  it('then a loss that cannot be shown goes to a person, whatever the probability', () => {
    const documents = [
      { type: 'ledger_extract', status: 'Rejected' as const, reasons: ['no row'] },
    ];
    const rejected = { requiredDocuments: 'Rejected' as const, documents };
    expect(routeOf({}, rejected)).toEqual({ kind: 'manual', reasons: ['no row'] });
  });

  it('then the limit itself goes by itself and a cent above does not', () => {
    expect(routeOf(worth('500.00'))?.kind).toBe('auto');
    expect(routeOf(worth('500.01'))?.kind).toBe('manual');
  });

  it("then the limit is in the units of the claim's own currency", () => {
    expect(routeOf(worth('500', 'JPY'))?.kind).toBe('auto');
    expect(routeOf(worth('501', 'JPY'))?.kind).toBe('manual');
  });
});

describe('given a seller who has not agreed to automatic filing', () => {
  const choices = { autoFile: false };

  it('then what could go by itself waits for its word, with that reason', () => {
    expect(routeOf({ tier: 'auto' }, {}, choices)).toEqual({
      kind: 'manual',
      reasons: [NO_CONSENT],
    });
  });

  it('then what is asked or looked at anyway is, for its own reasons', () => {
    expect(routeOf({ tier: 'prompt' }, {}, choices)?.kind).toBe('prompt');
    const late: Partial<Validation> = {
      complianceReasons: ['late'],
      amazonCompliance: 'Not verified',
    };
    expect(routeOf({}, late, choices)).toEqual({ kind: 'manual', reasons: ['late'] });
  });
});
