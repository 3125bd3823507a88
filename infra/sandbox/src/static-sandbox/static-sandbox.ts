import { isDeepStrictEqual } from 'node:util';
import { invalidInput, type SpApiError } from '../wire/sp-api-error.js';
import type { Model } from './model-files.js';
import { staticCasesOf, type Expected, type StaticCase } from './static-cases.js';

/** A request as far as a case can be about it. */
export interface Asked {
  readonly method: string;
  /** With parameters in braces, as in Amazon's models. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export interface StaticSandbox {
  /**
   * Amazon's canned answer, or undefined for an operation without any: those are dynamic there too. Throws the refusal
   * of Amazon's static sandbox for a request that no case of its operation is about.
   */
  answer(asked: Asked): { status: number; body: unknown } | undefined;
}

/** Answers as Amazon's static sandbox does: a case applies when every parameter that it lists is there with its value. */
export function staticSandbox(models: readonly Model[]): StaticSandbox {
  const cases = models.flatMap(staticCasesOf);
  return {
    answer(asked) {
      if (models.length === 0) throw noMatch('SPAPI_MODELS_DIR names no model files.');
      const own = cases.filter(
        ({ method, path }) => method === asked.method && path === asked.path,
      );
      if (own.length === 0) return undefined;
      const found = mostSpecificFirst(own).find(({ expected }) =>
        expected.every((one) => holds(one, asked)),
      );
      if (!found) throw noMatch();
      return { status: found.status, body: found.body };
    },
  };
}

/** In the words of Amazon's own: github.com/jlevers/selling-partner-api issues 551 and 592. */
function noMatch(details = ''): SpApiError {
  return invalidInput('Could not match input arguments', details);
}

/** Without this order a page token would never be looked at: the case of the first page lists the same, less the token. */
function mostSpecificFirst(cases: readonly StaticCase[]): StaticCase[] {
  return [...cases].sort((a, b) => b.expected.length - a.expected.length);
}

function holds({ name, in: place, value }: Expected, asked: Asked): boolean {
  if (place === 'body') return isDeepStrictEqual(asked.body, value);
  const given = place === 'path' ? asked.params[name] : asked.query[name];
  if (given === undefined) return false;
  return isDeepStrictEqual(partsOf(given, value), [value].flat().map(String));
}

/** A list is comma separated or the parameter repeated; the comma of a single value is part of it. */
function partsOf(given: unknown, expected: unknown): string[] {
  const texts = [given].flat().map(String);
  return Array.isArray(expected) ? texts.flatMap((text) => text.split(',')) : texts;
}

/** Amazon's hosts `sandbox.sellingpartnerapi-{na,eu,fe}` answer static cases, and only those. */
export function isStaticSandboxHost(host: string): boolean {
  return host.startsWith('sandbox.sellingpartnerapi-');
}
