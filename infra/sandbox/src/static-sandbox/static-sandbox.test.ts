import { describe, expect, it } from 'vitest';
import { SpApiError } from '../wire/sp-api-error.js';
import type { Model } from './model-files.js';
import { staticSandbox, type Asked } from './static-sandbox.js';

const staticCase = (parameters: Record<string, unknown>, response: unknown) => ({
  request: {
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, { value }]),
    ),
  },
  response,
});

function model(operationId: string, path: string, cases: Record<string, unknown[]>): Model {
  const responses = Object.fromEntries(
    Object.entries(cases).map(([status, list]) => [
      status,
      { 'x-amzn-api-sandbox': { static: list as ReturnType<typeof staticCase>[] } },
    ]),
  );
  const parameters = [
    { name: 'id', in: 'path' as const },
    { name: 'payload', in: 'body' as const },
  ];
  const operation = { operationId, parameters, responses };
  return { file: 'x.json', method: 'GET', path, operation, definitions: {} };
}

const LIST = '/list';
const ITEM = '/list/{id}';
const sandbox = staticSandbox([
  model('list', LIST, {
    200: [
      staticCase({ after: 'A', ids: ['X', 'Y'] }, 'first page'),
      staticCase({ after: 'A', ids: ['X', 'Y'], token: 't' }, 'second page'),
      staticCase({ most: 10, details: true }, 'values that are no text'),
    ],
    400: [staticCase({ after: 'bad' }, 'refused')],
  }),
  model('item', ITEM, {
    200: [staticCase({ id: 'known' }, 'item'), staticCase({ body: { a: 1 } }, 'by body')],
    400: [staticCase({ payload: { a: 2 } }, 'by payload'), staticCase({}, 'anything else')],
  }),
  model('dynamic', '/dynamic', { 200: [] }),
]);

function answer(path: string, asked: Partial<Asked>): unknown {
  const whole = { method: 'GET', path, params: {}, query: {}, body: undefined, ...asked };
  return sandbox.answer(whole);
}

describe('the static sandbox', () => {
  it.each([
    [
      { after: 'A', ids: 'X,Y' },
      { status: 200, body: 'first page' },
    ],
    [
      { after: 'A', ids: ['X', 'Y'], more: '1' },
      { status: 200, body: 'first page' },
    ],
    [
      { after: 'A', ids: 'X,Y', token: 't' },
      { status: 200, body: 'second page' },
    ],
    [
      { most: '10', details: 'true' },
      { status: 200, body: 'values that are no text' },
    ],
    [{ after: 'bad' }, { status: 400, body: 'refused' }],
  ])('given the query %j, then the most specific case that it holds', (query, expected) => {
    expect(answer(LIST, { query })).toEqual(expected);
  });

  it.each([
    {},
    { after: 'A' },
    { after: 'A', ids: 'X' },
    { after: 'A,B', ids: 'X,Y' },
    { most: '11' },
  ])('given the query %j, which is no case, then refused in the words of Amazon', (query) => {
    expect(() => answer(LIST, { query })).toThrow('Could not match input arguments');
    expect(() => answer(LIST, { query })).toThrow(SpApiError);
  });

  it('given a path, a body, or a body under its own name, then these decide', () => {
    expect(answer(ITEM, { params: { id: 'known' } })).toEqual({ status: 200, body: 'item' });
    const other = { id: 'other' };
    expect(answer(ITEM, { params: other, body: { a: 1 } })).toEqual({
      status: 200,
      body: 'by body',
    });
    expect(answer(ITEM, { params: other, body: { a: 2 } })).toEqual({
      status: 400,
      body: 'by payload',
    });
    expect(answer(ITEM, { params: other })).toEqual({ status: 400, body: 'anything else' });
  });

  it('given an operation without cases, then none: those are dynamic at Amazon too', () => {
    expect(answer('/dynamic', {})).toBeUndefined();
  });

  it('given no model files, then it says why there is no case', () => {
    const empty = () =>
      staticSandbox([]).answer({ method: 'GET', path: LIST, params: {}, query: {}, body: null });
    expect(empty).toThrow(
      expect.objectContaining({ details: expect.stringContaining('SPAPI_MODELS_DIR') }),
    );
  });
});
