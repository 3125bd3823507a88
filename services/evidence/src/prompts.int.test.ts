import {
  streams,
  type LedgerFact,
  type PromptAnswer,
  type TransactionFact,
} from '@recoup/contracts';
import {
  answerPrompt,
  fromCommand,
  isRejection,
  openPrompt,
  type ClaimState,
} from '@recoup/domain';
import { identify, recordFacts } from '@recoup/facts';
import { addDays, dayIn } from '@recoup/kernel';
import { inTransaction } from '@recoup/service-kit';
import { eventually } from '@recoup/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { detectedData, unknownValue, type Detected } from './testing/detected.js';
import { openFilingStage, type FilingStage } from './testing/filing-stage.js';
import { lostRow } from './testing/rows.js';
import { detectionOf, openSeller, type Seller } from './testing/seller.js';
import { transaction } from './testing/transactions.js';

const lossDay = addDays(dayIn('America/Los_Angeles', new Date()), -10);

let stage: FilingStage;

beforeAll(async () => {
  stage = await openFilingStage();
});
afterAll(() => stage[Symbol.asyncDispose]());
afterEach(() => stage.reset());

interface Given {
  readonly ledger: readonly [LedgerFact, ...LedgerFact[]];
  readonly charged?: readonly TransactionFact[];
  readonly change?: Partial<Detected>;
}

/** Units that arrived damaged with a shipment, as the ledger has them. */
function damagedInShipment(shipmentId: string): Given {
  const place = { day: lossDay, referenceId: shipmentId, eventType: 'Receipts', reason: '' };
  const disposition = 'CARRIER_DAMAGED';
  const row = lostRow({ ...place, disposition, quantity: 4, unreconciledQuantity: 0 });
  const { subject } = detectedData({ ledger: [row] });
  const line = { day: lossDay, quantity: 4, reference: shipmentId, facility: 'PHX7' };
  return {
    ledger: [row],
    change: {
      claimType: 'damaged_goods',
      subtype: 'inbound_damaged',
      quantity: 4,
      subject: { ...subject, shipmentId },
      allocation: [{ kind: 'damaged', ...line }],
    },
  };
}

/** Fulfilment fees of one order above those of the size that Amazon states. */
function feeAboveStated(orderId: string): Given {
  const charged = transaction({
    amount: '-8.00',
    word: 'FBAPerUnitFulfillmentFee',
    day: lossDay,
    units: 2,
    change: { type: 'Shipment', orderId },
  });
  const ledger = [lostRow({ day: lossDay, referenceId: orderId })] as const;
  const { subject } = detectedData({ ledger });
  const [fact] = identify('transaction', [charged]);
  const usd = (amount: string) => ({ amount, currency: 'USD' });
  const line = { day: lossDay, quantity: 2, reference: orderId, facility: null };
  return {
    ledger,
    charged: [charged],
    change: {
      claimType: 'fee_overcharge',
      subtype: 'fulfilment_fee_overcharge',
      quantity: 2,
      subject: { ...subject, orderId },
      value: { basis: 'difference', perUnit: usd('1.00'), total: usd('2.00') },
      allocation: [
        { kind: 'charged', ...line, amount: usd('8.00') },
        { kind: 'expected', ...line, amount: usd('6.00') },
      ],
      sources: [{ kind: 'transaction', key: fact?.key ?? '' }],
    },
  };
}

async function claimOf(tenantId: string, { ledger, charged = [], change = {} }: Given) {
  const seller = await openSeller({ ...stage, tenantId, sellerId: 'A1TESTSELLER' });
  await inTransaction(stage.facts, (tx) =>
    recordFacts(tx, { tenantId, syncId: 'sync_before', kind: 'transaction', rows: charged }),
  );
  await seller.synced({ ledger });
  const data = detectedData({ ledger, change });
  await seller.detected(data);
  return { seller, claimId: data.claimId };
}

interface Asked {
  readonly seller: Seller;
  readonly claimId: string;
}

/** What is open for a claim in one word: the document or the kind of its question, else how it stands. */
function standing(claim: ClaimState): string {
  const open = openPrompt(claim);
  return open ? (open.documentType ?? open.kind) : claim.status;
}

function standsAs({ seller, claimId }: Asked, word: string): Promise<ClaimState> {
  return eventually(
    async () => {
      const claim = await seller.claim(claimId);
      if (standing(claim) === word) return claim;
      throw new Error(`it stands as ${standing(claim)}`);
    },
    { timeoutMs: 25_000 },
  );
}

/** Answers the open question as the gateway does: decided over the claim, appended at its version. */
async function says({ seller: { tenantId } }: Asked, claim: ClaimState, answer: PromptAnswer) {
  const promptId = openPrompt(claim)?.id ?? '';
  const events = answerPrompt(claim, { promptId, answer }, fromCommand('user:testing', new Date()));
  if (isRejection(events)) throw new Error(events.message);
  const streamId = streams.claim(claim.claimId);
  const outcome = await stage.store.append({ tenantId, streamId, expected: claim.version, events });
  expect(outcome.ok).toBe(true);
}

const none = (documentType: string) => ({ kind: 'document', documentType, given: 'none' }) as const;
const open = { kind: 'confirm_not_found', settled: null } as const;
const tracking = (trackingNumber: string | null) =>
  ({ kind: 'tracking_number', trackingNumber }) as const;
const cost = { kind: 'unit_cost', unitCost: { amount: '7.50', currency: 'USD' } } as const;
const sides = { longest: '9', median: '6', shortest: '2', lengthUnit: 'in' } as const;
const size = { ...sides, weight: '12', weightUnit: 'oz' } as const;

type Step = readonly [asked: string, answer: PromptAnswer];

const paths: readonly {
  readonly when: string;
  readonly given: Given;
  readonly steps: readonly Step[];
  readonly then: string;
}[] = [
  {
    when: 'a shipment of a carrier of the seller, with nothing to show',
    given: damagedInShipment('FBA15OWN'),
    steps: [
      ['partnered_carrier', { kind: 'partnered_carrier', partnered: false }],
      ['tracking_number', tracking('1Z999AA10123456784')],
      ['inbound_invoice', none('inbound_invoice')],
      ['proof_of_delivery', none('proof_of_delivery')],
      ['photos', none('photos')],
    ],
    then: 'manual',
  },
  {
    when: 'a shipment of a partnered carrier, of which no proof of delivery is needed',
    given: damagedInShipment('FBA15PARTNERED'),
    steps: [
      ['partnered_carrier', { kind: 'partnered_carrier', partnered: true }],
      ['inbound_invoice', none('inbound_invoice')],
      ['photos', none('photos')],
    ],
    then: 'manual',
  },
  {
    when: 'a fee by a size that the seller measured',
    given: feeAboveStated('111-1111111-1111111'),
    steps: [
      ['measured_size', { kind: 'measured_size', size }],
      ['dimension_photos', none('dimension_photos')],
    ],
    then: 'manual',
  },
  {
    when: 'a fee by a size that nobody measured',
    given: feeAboveStated('111-1111111-2222222'),
    steps: [
      ['measured_size', { kind: 'measured_size', size: null }],
      ['dimension_photos', none('dimension_photos')],
    ],
    then: 'manual',
  },
];

describe('given a claim that lacks what only its seller can tell', () => {
  it.each(paths)(
    'when it is $when, then one is asked after the other',
    async (path) => {
      await stage.startEvidence();
      const claim = await claimOf(path.when.replaceAll(/\W+/g, '-'), path.given);
      const told: Step[] = [];
      for (const [asked, answer] of path.steps) {
        await says(claim, await standsAs(claim, asked), answer);
        told.push([asked, answer]);
      }
      const settled = await standsAs(claim, path.then);
      expect(settled.answers.map(({ answer }) => answer)).toEqual(told.map(([, answer]) => answer));
      expect(await stage.casesOf(claim.claimId)).toEqual([]);
    },
    60_000,
  );

  it('when it is a unit cost, then it waits for its value, is confirmed and filed', async () => {
    await stage.startEvidence();
    const ledger = [lostRow({ day: lossDay, referenceId: 'REF-cost' })] as const;
    const change = { value: unknownValue, tier: 'prompt' } as const;
    const claim = await claimOf('unit-cost', { ledger, change });
    await says(claim, await standsAs(claim, 'unit_cost'), cost);
    const waiting = await standsAs(claim, 'validated');
    expect(await stage.casesOf(claim.claimId)).toEqual([]);

    // What the next detection makes of the cost.
    const { value } = detectedData({ ledger });
    const { assessment, claimId } = waiting;
    const { allocation, sources } = assessment;
    await claim.seller.append(streams.claim(claimId), 'claim.rescored', {
      ...assessment,
      ...{ allocation: [...allocation], sources: [...sources], value, claimId },
      detectionId: detectionOf('unit-cost'),
    });
    await says(claim, await standsAs(claim, 'confirm_not_found'), open);
    await standsAs(claim, 'submitted');
    expect(await stage.casesOf(claimId)).toHaveLength(1);
  }, 60_000);
});
