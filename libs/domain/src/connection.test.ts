import type { EventData, RecordedEvent } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { fromCommand } from './cause.js';
import { connectAmazon, disconnectAmazon, requireReauthorization } from './connection-decisions.js';
import { connectionState, type ConnectionState } from './connection-state.js';
import { isRejection, type Rejection } from './rejection.js';
import type { Decision } from './sync-decisions.js';

const TENANT = 'alice';
const cause = fromCommand('user:alice', new Date('2026-10-01T02:00:00Z'));
const us = { id: 'ATVPDKIKX0DER', country: 'US', currency: 'USD', name: 'Amazon.com' };
const seller = (sellingPartnerId: string): EventData<'sync.amazon_connected'> => ({
  sellingPartnerId,
  region: 'na',
  marketplaces: [us],
});

const connect = (state: ConnectionState | null, id: string): Decision | Rejection =>
  connectAmazon(TENANT, state, { data: seller(id), cause });
const lose = (state: ConnectionState | null): Decision | Rejection =>
  requireReauthorization(TENANT, state, { reason: 'invalid_grant', cause });

const disconnect =
  (purge: boolean): Step =>
  (state) =>
    disconnectAmazon(TENANT, state, { purge, cause });

type Step = (state: ConnectionState | null) => Decision | Rejection;

/** The connection after these decisions, each made on what the ones before it left. */
function after(...steps: Step[]): ConnectionState | null {
  const log: RecordedEvent[] = [];
  for (const step of steps) {
    const decision = step(connectionState(log));
    if (isRejection(decision)) throw new Error(`rejected: ${decision.code}`);
    expect(decision).toMatchObject({ streamId: 'connection-alice', expected: log.length });
    for (const event of decision.events) {
      log.push({ ...event, streamVersion: log.length + 1 } as RecordedEvent);
    }
  }
  return connectionState(log);
}

describe('connecting', () => {
  it('given nobody connected, then the seller is', () => {
    expect(after((state) => connect(state, 'A1'))).toEqual({
      ...seller('A1'),
      state: 'connected',
      purged: false,
      connectedAt: '2026-10-01T02:00:00.000Z',
      version: 1,
    });
  });

  it('given another seller, then it is refused: a tenant holds one', () => {
    const state = after((before) => connect(before, 'A1'));
    expect(connect(state, 'A2')).toMatchObject({ rejected: true, code: 'already_connected' });
  });

  it('given a lost consent, then the same seller may renew it and another may not', () => {
    const lost = after((state) => connect(state, 'A1'), lose);
    expect(lost).toMatchObject({ state: 'reauth_required', version: 2 });
    expect(connect(lost, 'A2')).toMatchObject({ rejected: true, code: 'already_connected' });
    const renewed = after(
      (state) => connect(state, 'A1'),
      lose,
      (state) => connect(state, 'A1'),
    );
    expect(renewed).toMatchObject({ state: 'connected', version: 3 });
  });

  it('given a seller that was disconnected, then the same may connect again, and another once the data are erased', () => {
    const kept = after((state) => connect(state, 'A1'), disconnect(false));
    expect(connect(kept, 'A1')).toMatchObject({ expected: 2 });
    expect(connect(kept, 'A2')).toMatchObject({ rejected: true, code: 'already_connected' });
    const erased = after((state) => connect(state, 'A1'), disconnect(true));
    expect(connect(erased, 'A2')).toMatchObject({ expected: 2 });
    expect(
      after(
        (state) => connect(state, 'A1'),
        disconnect(true),
        (state) => connect(state, 'A2'),
      ),
    ).toMatchObject({
      sellingPartnerId: 'A2',
      purged: false,
      version: 3,
    });
  });
});

describe('disconnecting', () => {
  it.each([true, false])('given a connection, then it ends (purge %s)', (purge) => {
    const ended = after((state) => connect(state, 'A1'), disconnect(purge));
    expect(ended).toMatchObject({ state: 'disconnected', purged: purge, version: 2 });
  });

  it('given a lost consent, then it ends as well', () => {
    expect(after((state) => connect(state, 'A1'), lose, disconnect(false))).toMatchObject({
      state: 'disconnected',
    });
  });

  it('given that it has ended, then the data may still be erased, once', () => {
    const ended = after((state) => connect(state, 'A1'), disconnect(false));
    expect(disconnect(false)(ended)).toMatchObject({ rejected: true, code: 'not_connected' });
    const erased = after((state) => connect(state, 'A1'), disconnect(false), disconnect(true));
    expect(erased).toMatchObject({ state: 'disconnected', purged: true, version: 3 });
    expect(disconnect(true)(erased)).toMatchObject({ rejected: true, code: 'not_connected' });
  });

  it('given nobody ever connected, then there is nothing to end', () => {
    expect(disconnect(true)(null)).toMatchObject({ rejected: true, code: 'not_connected' });
  });
});

describe('losing the consent', () => {
  it('is said once: nothing that is not connected can lose it', () => {
    const lost = after((state) => connect(state, 'A1'), lose);
    for (const state of [null, lost]) {
      expect(lose(state)).toMatchObject({ rejected: true, code: 'not_connected' });
    }
  });

  it('keeps who the seller is', () => {
    expect(after((state) => connect(state, 'A1'), lose)).toMatchObject(seller('A1'));
  });
});

describe('folding', () => {
  it('of no events is no connection, and an end without a beginning neither', () => {
    const disconnected = {
      type: 'sync.amazon_disconnected',
      data: { sellingPartnerId: 'A1' },
      streamVersion: 1,
    } as RecordedEvent;
    expect(connectionState([])).toBeNull();
    expect(connectionState([disconnected])).toBeNull();
  });

  it('of a disconnection is a connection that ended', () => {
    const events = [
      { type: 'sync.amazon_connected', data: seller('A1'), occurredAt: 't', streamVersion: 1 },
      {
        type: 'sync.amazon_disconnected',
        data: { sellingPartnerId: 'A1', purge: false },
        streamVersion: 2,
      },
    ] as RecordedEvent[];
    expect(connectionState(events)).toMatchObject({ state: 'disconnected', version: 2 });
  });
});
