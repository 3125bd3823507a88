import type { Model } from './model-files.js';

/** One expectation of a case: a parameter that has to be there, with exactly this value. */
export interface Expected {
  readonly name: string;
  readonly in: 'path' | 'query' | 'body';
  readonly value: unknown;
}

/** One answer of Amazon's static sandbox, and the request that brings it about. */
export interface StaticCase {
  /** Operation, status and trigger, for people. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly expected: readonly Expected[];
  /** Undefined for an answer without a body. */
  readonly body: unknown;
}

/** The static cases of a model, as they stand in its responses (`x-amzn-api-sandbox.static`). */
export function staticCasesOf({ method, path, operation }: Model): StaticCase[] {
  return Object.entries(operation.responses).flatMap(([status, response]) =>
    (response['x-amzn-api-sandbox']?.static ?? []).map(({ request, response: body }) => {
      const given = Object.entries(request.parameters);
      const expected = given.map(([name, { value }]) => ({
        name,
        in: placeOf(operation.parameters, name),
        value,
      }));
      return {
        name: nameOf(operation.operationId, status, expected),
        method,
        path,
        status: Number(status),
        expected,
        body,
      };
    }),
  );
}

/** Some cases call the body `body` although the operation declares another name for it. */
function placeOf(parameters: Model['operation']['parameters'], name: string): Expected['in'] {
  const declared = parameters.find((parameter) => parameter.name === name)?.in;
  if (declared === 'path' || declared === 'body') return declared;
  return name === 'body' ? 'body' : 'query';
}

function nameOf(operationId: string, status: string, expected: readonly Expected[]): string {
  const trigger = expected.map(({ name, value }) => `${name}=${wordsOf(value)}`).join(' ');
  return `${operationId} ${status} ${trigger || '(any request)'}`;
}

function wordsOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
