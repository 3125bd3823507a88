import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { REDACTION } from './redaction.js';

/** What nobody would find anywhere else: letters alone, so that no spelling changes it. */
const CANARY = 'canaryqzxwvjkpsecretvalue';

/** All that a log of a service writes, at any level. */
function written(log: (logger: pino.Logger) => void): string {
  const lines: string[] = [];
  log(pino({ ...REDACTION, level: 'trace' }, { write: (line) => void lines.push(line) }));
  return lines.join('');
}

const WORDS = [
  ...[['refresh', 'token'], ['access', 'token'], ['x', 'amz', 'access', 'token'], ['cookie']],
  ...[
    ['restricted', 'data', 'token'],
    ['lwa', 'client', 'secret'],
    ['client', 'secret'],
  ],
  ...[['session', 'jwt', 'secret'], ['authorization'], ['set', 'cookie'], ['password']],
  ...[
    ['encryption', 'key'],
    ['document', 'encryption', 'key'],
    ['aws', 'secret', 'access', 'key', 'id'],
  ],
  ...[
    ['webhook', 'secret'],
    ['role', 'password'],
    ['id', 'token'],
    ['private', 'key'],
  ],
  ...[
    ['buyer', 'name'],
    ['buyer', 'email'],
    ['shipping', 'address'],
    ['address', 'line', '1'],
  ],
];

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A name in one of the spellings that programs have for it. */
const name = fc
  .tuple(fc.constantFrom(...WORDS), fc.constantFrom('camel', 'Pascal', '_', '-', '.', ' ', 'UP'))
  .map(([words, style]) => {
    if (style === 'camel') return words.map((word, n) => (n ? capital(word) : word)).join('');
    if (style === 'Pascal') return words.map(capital).join('');
    if (style === 'UP') return words.join('_').toUpperCase();
    return words.join(style);
  });

class Grant {
  readonly holder: unknown;
  constructor(holder: unknown) {
    this.holder = holder;
  }
}
class WritesItself {
  readonly #held: unknown;
  constructor(held: unknown) {
    this.#held = held;
  }
  toJSON(): unknown {
    return { held: this.#held };
  }
}

type Wrap = (inner: unknown) => unknown;

/** What may be around a secret when it is logged. */
const wrapping: fc.Arbitrary<Wrap> = fc.constantFrom<Wrap>(
  (inner) => ({ inner, beside: 1 }),
  (inner) => [1, inner],
  (inner) => new Map([['inner', inner]]),
  (inner) => new Set([inner]),
  (inner) => new Grant(inner),
  (inner) => new WritesItself(inner),
  (inner) => Object.assign(new Error('failed'), { inner }),
  (inner) => new Error('failed', { cause: inner }),
  (inner) => Object.assign(Object.create(null) as object, { inner }),
);

/** A secret under its name, in one of the forms in which names and values come. */
const named = fc.tuple(name, fc.integer({ min: 0, max: 4 })).map(([key, form]): unknown => {
  const forms: unknown[] = [
    { [key]: CANARY },
    { [key]: [CANARY] },
    { [key]: { deeper: CANARY } },
    new Map([[key, CANARY]]),
    [[key, CANARY]],
  ];
  return forms[form];
});

const logged = fc
  .tuple(named, fc.array(wrapping, { maxLength: 10 }))
  .map(([secret, around]) => around.reduce((inner, wrap) => wrap(inner), secret));

const tail = fc.stringMatching(/^[A-Za-z0-9_-]{0,20}$/);

/** A secret in a text in which no name of a member tells what it is. */
const text = tail.chain((more) =>
  fc.constantFrom(
    `Atzr|${CANARY}${more}`,
    `Atza%7C${CANARY}${more}`,
    `Atz.sprdt|${CANARY}${more}`,
    `Bearer ${CANARY}${more}`,
    `authorization: basic ${CANARY}${more}==`,
    `eyJhbGciOiJIUzI1NiJ9.${CANARY}.${CANARY}${more}`,
    `amzn1.oa2-cs.v1.${CANARY}${more}`,
    `whsec_${CANARY}${more}`,
    `postgres://recoup_gateway:${CANARY}${more}@db:5432/recoup`,
    `nats://ingestion:${CANARY}@bus:4222`,
    `https://api.amazon.com/auth/o2/token?grant_type=refresh_token&refresh_token=${CANARY}${more}`,
    `http://localhost/auth/local?token=${CANARY}${more}&next=1`,
    `/callback?state=1&spapi_oauth_code=${CANARY}${more}`,
    `https://bucket.s3.amazonaws.com/r?X-Amz-Signature=${CANARY}&X-Amz-Credential=${CANARY}`,
    `client_id=1&client_secret=${CANARY}${more}`,
    `PGPASSWORD=${CANARY}${more}`,
  ),
);

describe('no line of a log holds a secret', () => {
  it('that has a name, at any depth, in any spelling and in whatever it is wrapped', () => {
    fc.assert(
      fc.property(logged, (value) => {
        for (const line of [
          written((log) => log.error({ value }, 'a mistake')),
          written((log) => log.info(Array.isArray(value) ? { value } : (value as object))),
          written((log) => log.warn({ err: value })),
          written((log) => log.child({ part: 'x' }).trace({ request: { body: value } })),
        ]) {
          expect(line).not.toContain(CANARY);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('that stands in a text, be it a message, an error, a stack, an address or a member', () => {
    fc.assert(
      fc.property(text, fc.string(), (secret, before) => {
        const words = `${before} ${secret}`;
        for (const line of [
          written((log) => log.error(words)),
          written((log) => log.error({ err: new Error(words) })),
          written((log) => log.error(new Error('outer', { cause: new Error(words) }))),
          written((log) => log.error({ seen: [{ words }] }, 'failed')),
          written((log) => log.info({ reason: words }, `could not call ${words}`)),
          written((log) => log.info('could not call %s', words)),
          written((log) => log.child({ url: words }).info('asked')),
        ]) {
          expect(line).not.toContain(CANARY);
          expect(JSON.parse(line)).toMatchObject({ pid: process.pid });
        }
      }),
      { numRuns: 100 },
    );
  });

  it('that is bytes', () => {
    const key = Buffer.from(CANARY);
    const line = written((log) => log.info({ key, more: { view: new Uint8Array(key) } }, 'bytes'));
    expect(line).not.toContain(JSON.stringify([...key]).slice(1, -1));
    expect(line).not.toContain(key.toString('base64'));
  });
});

describe('what is no secret', () => {
  it('is written as it is', () => {
    const harmless = {
      url: new URL(
        'https://sellingpartnerapi-na.amazon.com/orders/v0/orders?MaxResultsPerPage=100',
      ),
      database: 'postgres://db:5432/recoup',
      message: 'Basic plan of the seller, token bucket empty, code=QuotaExceeded',
      position: 12,
      keys: ['orderId', 'sku'],
    };
    expect(JSON.parse(written((log) => log.info(harmless, 'done')))).toMatchObject({
      ...harmless,
      url: harmless.url.href,
      msg: 'done',
    });
  });
});
