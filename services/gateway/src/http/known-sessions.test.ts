import { afterEach, describe, expect, it, vi } from 'vitest';
import { KnownSessions } from './known-sessions.js';
import type { Session } from './session.js';

const NOW = Date.parse('2026-11-21T10:00:00.000Z');

const session = (id: string, seconds = 60): Session => ({
  id,
  userId: 'user-1',
  tenantId: 'user-1',
  email: null,
  expiresAt: new Date(NOW + seconds * 1000),
  ours: true,
  isOperator: false,
});

afterEach(() => void vi.useRealTimers());

describe('sessions of tokens that were checked', () => {
  it('given a token, then its session, and none for any other spelling of it', () => {
    vi.useFakeTimers({ now: NOW });
    const known = new KnownSessions();
    known.keep('a.b.c', session('one'));
    expect(known.get('a.b.c')?.id).toBe('one');
    expect([known.get('a.b.c='), known.get('a.b.C'), known.get('a.b')]).toEqual([null, null, null]);
  });

  it('given its expiry, then none from that instant on', () => {
    vi.useFakeTimers({ now: NOW });
    const known = new KnownSessions();
    known.keep('a.b.c', session('one', 60));
    vi.setSystemTime(NOW + 59_999);
    expect(known.get('a.b.c')?.id).toBe('one');
    vi.setSystemTime(NOW + 60_000);
    expect(known.get('a.b.c')).toBeNull();
  });

  it('given more than are kept, then the longest unused is gone', () => {
    vi.useFakeTimers({ now: NOW });
    const known = new KnownSessions(2);
    known.keep('one', session('one'));
    known.keep('two', session('two'));
    known.get('one');
    known.keep('three', session('three'));
    expect(['one', 'two', 'three'].map((token) => known.get(token)?.id)).toEqual([
      'one',
      undefined,
      'three',
    ]);
  });
});
