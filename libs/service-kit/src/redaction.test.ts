import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { REDACTION } from './redaction.js';

const NAME = 'Ottoline Brackwater';

/** What a log of a service writes. */
function written(...given: Parameters<ReturnType<typeof pino>['error']>): string {
  const lines: string[] = [];
  const log = pino(REDACTION, { write: (line: string) => void lines.push(line) });
  log.error(...given);
  return lines.join('');
}

describe('what is logged', () => {
  it.each([
    { buyer: { buyerName: NAME } },
    { order: { shipping: [{ ShippingAddress: { Name: NAME, AddressLine1: NAME } }] } },
    { page: { orders: [{ recipient: { deliveryAddress: { name: NAME } } }] } },
    { row: { 'buyer-name': NAME, buyer_email: NAME, GiftMessageText: NAME } },
    { request: { headers: { Authorization: NAME, 'x-amz-access-token': NAME, cookie: NAME } } },
    { grant: { refresh_token: NAME, clientSecret: NAME, restrictedDataToken: NAME } },
  ])('holds neither secrets nor buyers, wherever they are: %j', (logged) => {
    const line = written(logged, 'a mistake');
    expect(line).toContain('a mistake');
    expect(line).not.toContain(NAME);
  });

  it('keeps everything else as it is', () => {
    const logged = { sync: 's-1', at: new Date(0), counts: [{ orders: 2 }], nothing: null };
    expect(JSON.parse(written(logged, 'done'))).toMatchObject({
      ...logged,
      at: '1970-01-01T00:00:00.000Z',
      msg: 'done',
    });
  });

  it('ends with an object that holds itself', () => {
    const circle: Record<string, unknown> = { name: 'round' };
    circle['self'] = circle;
    expect(written({ circle }, 'turns')).toContain('[redacted]');
  });

  it('of an error is what happened and where, not what a database quotes of a row', () => {
    const quoted = { code: '23505', detail: `Key (name)=(${NAME}) already exists.`, where: NAME };
    const cause = Object.assign(new Error('duplicate key'), quoted);
    const failure = Object.assign(new Error('not stored', { cause }), { ...quoted, buyer: NAME });
    const line = written({ err: failure });
    expect(line).not.toContain(NAME);
    for (const word of ['not stored', 'duplicate key', '23505', 'redaction.test']) {
      expect(line).toContain(word);
    }
  });
});
