import { streams, type RecordedEvent } from '@recoup/contracts';
import type { AnyProjection } from '@recoup/projections';
import { describe, expect, it } from 'vitest';
import { claimData, connectionData, countsOf, recorder, riskData } from '../testing/event-data.js';
import { foldAll, foldRows } from '../testing/fold.js';
import { activityProjection } from './activity.js';
import { projections } from './index.js';
import { syncProjection } from './sync.js';

const at = (second: number): string =>
  new Date(Date.UTC(2026, 10, 20, 10, 0, second)).toISOString();
const sync = streams.sync('sync_1');
const detection = streams.detection('detection_1');
const documentData = {
  documentId: 'document_1',
  fileId: 'file_1',
  generation: 0,
  name: 'invoice-0815.pdf',
  mediaType: 'application/pdf',
  size: 48_213,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  forClaim: 'claim_1',
} as const;
const detected = {
  detectionId: 'detection_1',
  syncId: 'sync_1',
  claims: { open: 58, new: 58, changed: 0, withdrawn: 0, expired: 0 },
  pastWindow: { losses: 0, units: 0 },
  potential: [],
  amountUnknown: 0,
  coverage: {},
};
const completed = { syncId: 'sync_1', factsAsOf: 4, counts: countsOf(2500), coverage: {} };

const movement = {
  claimId: 'claim_1',
  reference: 'R-1',
  amount: { amount: '22.50', currency: 'USD' },
};

const messages = (events: readonly RecordedEvent[]): unknown[] =>
  foldAll(activityProjection, events).map(({ type, message }) => [type, message]);

describe('syncs', () => {
  it('given a sync from start to end, then its row says what its stream says', () => {
    const event = recorder();
    const [row] = foldAll(syncProjection, [
      event(sync, 'sync.requested', { syncId: 'sync_1', trigger: 'manual' }),
      event(sync, 'sync.completed', completed),
    ]);
    expect(row).toMatchObject({
      syncId: 'sync_1',
      status: 'complete',
      progress: 100,
      startedAt: at(1),
      completedAt: at(2),
      counts: { orders: { processed: 2500, total: 2500 } },
      claimsDetected: null,
      version: 2,
    });
  });

  it('given that detection has ended, then the row has its number; one that failed leaves it unknown', () => {
    const event = recorder();
    const stored = [
      event(sync, 'sync.requested', { syncId: 'sync_1', trigger: 'manual' }),
      event(sync, 'sync.completed', completed),
    ];
    const ended = event(detection, 'claim.detection_completed', detected);
    const failure = { detectionId: 'detection_1', syncId: 'sync_1', message: 'no' };
    const failed = event(detection, 'claim.detection_failed', failure);
    expect(foldAll(syncProjection, [...stored, ended])[0]).toMatchObject({ claimsDetected: 58 });
    expect(foldAll(syncProjection, [...stored, failed])[0]).toMatchObject({ claimsDetected: null });
  });

  it('given a detection that belongs to no sync, then no row comes of it', () => {
    const event = recorder();
    const alone = { ...detected, syncId: null };
    expect(foldAll(syncProjection, [event(detection, 'claim.detection_completed', alone)])).toEqual(
      [],
    );
  });
});

describe('activity', () => {
  it('given a completed sync, then it is told of only when its claims are known, with their number', () => {
    const event = recorder();
    const stored = [
      event(sync, 'sync.requested', { syncId: 'sync_1', trigger: 'manual' }),
      event(sync, 'sync.completed', completed),
    ];
    expect(messages(stored)).toEqual([
      ['sync_started', 'Sync started'],
      [null, ''],
    ]);
    const all = [...stored, event(detection, 'claim.detection_completed', detected)];
    expect(messages(all).at(-1)).toEqual([
      'sync_completed',
      'Sync completed: 2,500 orders processed, 58 claims detected',
    ]);
    expect(foldAll(activityProjection, all).at(-1)).toMatchObject({
      timestamp: at(3),
      syncId: 'sync_1',
    });
  });

  it('given a detection that failed, then the sync is told of, and that its claims were not checked', () => {
    const event = recorder();
    const failure = { detectionId: 'detection_1', syncId: 'sync_1', message: 'no' };
    expect(
      messages([
        event(sync, 'sync.completed', completed),
        event(detection, 'claim.detection_failed', failure),
      ]),
    ).toEqual([
      ['sync_completed', 'Sync completed: 2,500 orders processed, claims not yet checked'],
    ]);
  });

  it('given what happens to claims and connection, then each has its words and its ids', () => {
    const event = recorder();
    const claim = streams.claim('claim_1');
    const rows = foldAll(activityProjection, [
      event(streams.connection('tenant-1'), 'sync.amazon_connected', connectionData),
      event(claim, 'claim.detected', claimData()),
      event(claim, 'claim.manual_review_queued', { claimId: 'claim_1', reasons: ['Too', 'dear.'] }),
      event(claim, 'claim.submitted', {
        claimId: 'claim_1',
        channel: 'sandbox',
        amazonCaseId: 'CASE-7',
        submittedAt: at(9),
      }),
      event(claim, 'claim.withdrawn', {
        claimId: 'claim_1',
        detectionId: 'detection_2',
        reason: 'found again',
      }),
    ]);
    expect(rows.map(({ timestamp: _, ...row }) => row)).toEqual([
      { type: 'amazon_connected', message: 'Amazon connected', sellingPartnerId: 'A3MAPLETRAIL02' },
      {
        type: 'claim_detected',
        message: 'High-confidence claim detected: Lost inventory, 3 × BOTTLE-750',
        claimId: 'claim_1',
      },
      { type: 'claim_needs_review', message: 'Too dear.', claimId: 'claim_1' },
      {
        type: 'claim_submitted',
        message: 'Claim filed: case CASE-7',
        claimId: 'claim_1',
        amazonCaseId: 'CASE-7',
      },
      { type: 'claim_withdrawn', message: 'Claim withdrawn: found again', claimId: 'claim_1' },
    ]);
  });

  it('given what Amazon and the seller said, then each has its words and the ids it speaks of', () => {
    const event = recorder();
    const claim = streams.claim('claim_1');
    const claimId = 'claim_1';
    const sum = { amount: '22.50', currency: 'USD' };
    const said = { claimId, amazonCaseId: 'CASE-7', source: 'person', reason: null } as const;
    const agreed = { ...said, amount: sum, expectedOn: null };
    const payment = { claimId, reference: 'R-1', paidOn: '2026-12-02', amount: sum };
    const took = { reference: 'R-2', reversedOn: '2026-12-20', amount: sum, reason: null };
    const rows = foldAll(activityProjection, [
      event(claim, 'claim.approved', agreed),
      event(claim, 'claim.partially_approved', { ...agreed, amount: null, amazonCaseId: null }),
      event(claim, 'claim.denied', { ...said, reason: 'Already paid' }),
      event(claim, 'claim.paid', { ...payment, unitsInKind: 1 }),
      event(claim, 'claim.reversed', { claimId, ...took }),
      event(claim, 'claim.dismissed', { claimId, reason: 'Found it.' }),
      event(claim, 'claim.expired', { claimId, deadline: '2026-10-19' }),
    ]);
    const filed = { claimId, amazonCaseId: 'CASE-7' };
    const paid = '22.50 USD and 1 unit(s) in place of money on 2026-12-02, reference R-1.';
    expect(rows.map(({ timestamp: _, ...row }) => row)).toEqual([
      { type: 'claim_approved', message: 'Claim approved: 22.50 USD', ...filed },
      { type: 'claim_approved', message: 'Claim approved in part', claimId },
      { type: 'claim_denied', message: 'Claim denied: Already paid', ...filed },
      { type: 'claim_paid', message: `Claim paid: ${paid}`, claimId, reference: 'R-1' },
      {
        type: 'claim_reversed',
        message: 'Amazon took 22.50 USD back on 2026-12-20',
        claimId,
        reference: 'R-2',
      },
      { type: 'claim_dismissed', message: 'Claim dismissed: Found it.', claimId },
      { type: 'claim_expired', message: 'Claim expired: its window closed on 2026-10-19', claimId },
    ]);
  });

  it('given a less likely claim, then it is not announced as high confidence', () => {
    const event = recorder();
    const score = { ...claimData().score, confidence: 0.84 };
    expect(
      messages([event(streams.claim('claim_1'), 'claim.detected', claimData({ score }))]),
    ).toEqual([['claim_detected', 'Claim detected: Lost inventory, 3 × BOTTLE-750']]);
  });
});

describe.each(projections.map((projection) => [projection.name, projection] as const))(
  'replay of %s',
  (_name, projection: AnyProjection) => {
    it('given the same events in batches of any size, then the rows are the same', () => {
      const event = recorder();
      const claim = streams.claim('claim_1');
      const events = [
        event(streams.connection('tenant-1'), 'sync.amazon_connected', connectionData),
        event(sync, 'sync.requested', { syncId: 'sync_1', trigger: 'connected' }),
        event(sync, 'sync.adopted', { syncId: 'sync_1' }),
        event(sync, 'sync.completed', completed),
        event(claim, 'claim.detected', claimData()),
        event(detection, 'claim.detection_completed', detected),
        event(claim, 'claim.submission_requested', {
          claimId: 'claim_1',
          channel: 'sandbox',
          idempotencyKey: 'k',
          quantity: 3,
        }),
        event(claim, 'claim.paid', { ...movement, paidOn: '2026-12-02', unitsInKind: 0 }),
        event(claim, 'claim.reversed', { ...movement, reversedOn: '2026-12-20', reason: null }),
        event(streams.document('document_1'), 'claim.document_uploaded', documentData),
        event(streams.risk('risk_1'), 'claim.risk_noted', riskData()),
        event(streams.risk('risk_1'), 'claim.risk_changed', riskData({ quantity: 2 })),
      ];
      const once = foldAll(projection, events);
      expect(once.length).toBeGreaterThan(0);
      for (let cut = 0; cut <= events.length; cut += 1) {
        // What is stored between two batches is JSON: nothing may live in a row that JSON cannot hold.
        const before = foldRows(projection, events.slice(0, cut));
        const kept = new Map(JSON.parse(JSON.stringify([...before])) as [string, unknown][]);
        expect([...foldRows(projection, events.slice(cut), kept).values()]).toEqual(once);
      }
    });
  },
);
