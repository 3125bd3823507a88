import { checkEventData, type Coverage } from '@recoup/contracts';
import { addDays } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import { damage, ledgerRow, payment, type Row } from '../../test/story.js';
import { openCatalogue } from './catalogue.js';
import { detectors } from './detectors.js';
import { absenceCounts, neededCoverage, type SyncCoverage } from './coverage.js';
import { examineProduct, type Examined } from './examine.js';
import { NO_PRODUCT_FACTS, type LedgerRow, type Payment } from './facts.js';
import { NO_COSTS } from './value/costs.js';

const whole: Coverage = { state: 'complete', from: '2025-11-01', to: '2026-10-31' };
const covered: SyncCoverage = { ledger: whole, reimbursements: whole };
const LOSS = '2026-09-01';

interface Scene {
  readonly ledger: LedgerRow[];
  readonly payments?: Payment[];
  /** Noon Pacific time of this day. */
  readonly today?: string;
  readonly asOf?: string;
  readonly coverage?: SyncCoverage;
  readonly tenantId?: string;
}

function look({
  ledger,
  payments = [],
  today = '2026-09-20',
  asOf = `${today}T20:00:00Z`,
  coverage = covered,
  tenantId = 'seller-1',
}: Scene): Examined {
  const facts = { ...NO_PRODUCT_FACTS, ledger, reimbursements: payments };
  return examineProduct(
    facts,
    { detectors },
    {
      tenantId,
      asOf: new Date(asOf),
      coverage,
      costs: NO_COSTS,
      lostReturns: new Map(),
      catalogue: openCatalogue(),
      assertions: [],
    },
  );
}

const lost = (more: Partial<Row> = {}, key?: string): LedgerRow =>
  ledgerRow({ day: LOSS, reason: 'M', quantity: -4, open: 4, reference: 'adj-1', ...more }, key);

describe('given a loss that Amazon states as open', () => {
  it('then it is found at once, with its window, policy, trace and sources', () => {
    const row = lost({}, 'fact-1');
    const [finding] = look({ ledger: [row], today: LOSS }).findings;
    expect(finding).toMatchObject({
      claimType: 'lost_inventory',
      subtype: 'lost_warehouse',
      quantity: 4,
      lossDay: LOSS,
      opensOn: LOSS,
      deadline: addDays(LOSS, 60),
      value: { basis: 'unknown', total: null },
      policy: { name: 'fc-operations-us-2024', effectiveFrom: '2024-10-23' },
      subject: { marketplaceId: 'ATVPDKIKX0DER', fnsku: 'X001', sku: 'SKU-1', facility: 'PHX7' },
      sources: [{ kind: 'ledger', key: 'fact-1' }],
      allocation: [{ kind: 'lost', day: LOSS, quantity: 4, reference: 'adj-1', facility: 'PHX7' }],
    });
  });

  it('then the finding is a claim event that the log accepts', () => {
    const { findings } = look({ ledger: [lost(), ...damage(LOSS, 2, { open: 2 })] });
    expect(findings.map((finding) => finding.subtype)).toEqual([
      'lost_warehouse',
      'damaged_warehouse',
    ]);
    for (const finding of findings) {
      const data = { ...finding, detectionId: 'detection_1' };
      expect(checkEventData('claim.detected', data)).toEqual(data);
    }
  });

  it('then its id follows from the seller, the place and the row, and from nothing that changes', () => {
    const id = (scene: Scene): string | undefined => look(scene).findings[0]?.claimId;
    const first = id({ ledger: [lost({}, 'fact-1')] });
    expect(id({ ledger: [lost({ open: 3 }, 'fact-1')], today: '2026-10-05' })).toBe(first);
    expect(id({ ledger: [lost({}, 'fact-2')] })).not.toBe(first);
    expect(id({ ledger: [lost({}, 'fact-1')], tenantId: 'seller-2' })).not.toBe(first);
    expect(id({ ledger: [lost({ country: 'CA' }, 'fact-1')] })).not.toBe(first);
  });

  it('then the last day of the window counts and the day after is past', () => {
    const ledger = [lost()];
    expect(look({ ledger, today: addDays(LOSS, 59) }).findings).toHaveLength(1);
    expect(look({ ledger, today: addDays(LOSS, 60) }).findings).toHaveLength(1);
    const late = look({ ledger, today: addDays(LOSS, 61) });
    expect(late.findings).toEqual([]);
    expect(late.pastWindow).toMatchObject([{ units: 4 }]);
  });

  it("then days are those of the marketplace's calendar", () => {
    const at = (asOf: string) => look({ ledger: [lost()], asOf });
    // 06:59 in UTC is still the evening before in Seattle.
    expect(at('2026-11-01T06:59:00Z').findings).toHaveLength(1);
    expect(at('2026-11-01T07:01:00Z').findings).toHaveLength(0);
  });
});

describe('given a loss of which Amazon says nothing', () => {
  const ledger = [lost({ open: null })];

  it('then it is found when it has matured, and opens on that day', () => {
    expect(look({ ledger, today: addDays(LOSS, 29) }).findings).toEqual([]);
    const [finding] = look({ ledger, today: addDays(LOSS, 30) }).findings;
    expect(finding).toMatchObject({ quantity: 4, opensOn: addDays(LOSS, 30) });
  });

  it('then its score is lower than with Amazon as a witness', () => {
    const today = addDays(LOSS, 35);
    const silent = look({ ledger, today }).findings[0]?.score.confidence ?? 1;
    expect(silent).toBeLessThan(
      look({ ledger: [lost()], today }).findings[0]?.score.confidence ?? 0,
    );
  });
});

it('given a loss that Amazon calls reconciled as yet, then nothing is claimed, young or old', () => {
  const ledger = [lost({ open: 0 })];
  for (const age of [0, 29, 30, 59]) {
    expect(look({ ledger, today: addDays(LOSS, age) })).toMatchObject({
      findings: [],
      pastWindow: [],
    });
  }
});

describe('given a known value', () => {
  const twice = ['2026-03-01', '2026-04-01'].map((day) =>
    payment({ day, reason: 'Lost_Warehouse', units: 1, perUnit: '12.50' }),
  );

  it('then the total is that of the units that are left', () => {
    const paid = payment({
      day: '2026-09-10',
      reason: 'Lost_Warehouse',
      units: 1,
      perUnit: '12.50',
    });
    const [finding] = look({
      ledger: [lost({ open: null })],
      payments: [...twice, paid],
      today: '2026-10-05',
    }).findings;
    expect(finding).toMatchObject({
      quantity: 3,
      value: { total: { amount: '37.50', currency: 'USD' } },
    });
  });

  it('then a clear case goes out by itself, and in Canada a person files it', () => {
    expect(look({ ledger: [lost()], payments: twice }).findings[0]?.tier).toBe('auto');
    const canadian = twice.map((one) => ({ ...one, data: { ...one.data, currency: 'CAD' } }));
    const [finding] = look({ ledger: [lost({ country: 'CA' })], payments: canadian }).findings;
    expect(finding?.value.total).toEqual({ amount: '50.00', currency: 'CAD' });
    expect(finding?.tier).toBe('prompt');
  });
});

describe('given several networks of warehouses', () => {
  it('then what is found or paid in one settles nothing in the other', () => {
    const ledger = [
      lost({ country: 'US', open: null }),
      lost({ country: 'CA', open: null }),
      ledgerRow({ day: '2026-09-05', reason: 'F', quantity: 4, country: 'CA' }),
    ];
    const payments = ['CAD', 'USD'].map((currency) =>
      payment({ day: '2026-09-06', reason: 'Lost_Warehouse', units: 1, currency }),
    );
    const { findings } = look({ ledger, payments, today: '2026-10-05' });
    expect(findings.map(({ subject, quantity }) => [subject.marketplaceId, quantity])).toEqual([
      ['ATVPDKIKX0DER', 3],
    ]);
  });

  it('then a place without policy, or no place at all, is counted and claims nothing', () => {
    const { findings, unjudged } = look({
      ledger: [lost({ country: 'JP' }), lost({ country: '' })],
    });
    expect(findings).toEqual([]);
    expect(unjudged).toBe(2);
  });
});

describe('given sources that were not read whole', () => {
  const ofLosses = detectors.filter(({ subtype }) => subtype === 'lost_warehouse');
  const missing: Coverage = { state: 'missing', from: null, to: null };
  const partial: Coverage = { state: 'partial', from: '2026-09-01', to: '2026-10-31' };

  it.each([{ ledger: whole }, { ledger: whole, reimbursements: missing }])(
    'then a detector without one of them finds nothing and absence proves nothing (%#)',
    (coverage) => {
      expect(look({ ledger: [lost()], coverage }).findings).toEqual([]);
      expect(absenceCounts(ofLosses, coverage)).toBe(false);
      expect(neededCoverage(detectors, coverage).reimbursements?.state).toBe('missing');
    },
  );

  it('then with a part of one it finds, less surely, and nothing goes out by itself', () => {
    const coverage = { ledger: whole, reimbursements: partial };
    const [finding] = look({ ledger: [lost()], coverage }).findings;
    const sure = look({ ledger: [lost()] }).findings[0];
    expect(finding?.tier).not.toBe('auto');
    expect(finding?.score.confidence).toBeLessThan(sure?.score.confidence ?? 0);
    expect(absenceCounts(ofLosses, coverage)).toBe(false);
    expect(absenceCounts(ofLosses, covered)).toBe(true);
  });
});
