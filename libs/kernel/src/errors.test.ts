import { describe, expect, it } from 'vitest';
import { AppError, codeOf, messageOf } from './errors.js';

class OutOfStock extends AppError {
  readonly code = 'OUT_OF_STOCK';
}

describe('AppError', () => {
  it('carries its own name, its code and its cause', () => {
    const cause = new Error('shelf empty');
    const error = new OutOfStock('none left', { cause });
    expect(error).toMatchObject({
      name: 'OutOfStock',
      code: 'OUT_OF_STOCK',
      message: 'none left',
      cause,
    });
    expect(error).toBeInstanceOf(Error);
  });
});

describe('what was thrown', () => {
  it('has a message whatever it is', () => {
    expect([new Error('broken'), 'broken', 7, null].map(messageOf)).toEqual([
      'broken',
      'broken',
      '7',
      'null',
    ]);
  });

  it('has a code only when that is a text', () => {
    const thrown = [
      new OutOfStock('x'),
      { code: '40001' },
      { code: 7 },
      new Error('x'),
      'text',
      null,
    ];
    expect(thrown.map(codeOf)).toEqual([
      'OUT_OF_STOCK',
      '40001',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
