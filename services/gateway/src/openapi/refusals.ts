/** What an operation can be refused with depends on a few facts about it, which its description holds already. */
export interface Operation {
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Record<string, { readonly description?: string }>;
}

/** Refusals by status: the name of the component, and what the status says. */
const REFUSALS: Readonly<Record<number, readonly [name: string, description: string]>> = {
  400: ['BadRequest', 'The request is not valid, or cannot be done now: `code` says which.'],
  401: ['Unauthenticated', 'No session, or one that is not valid any more.'],
  403: ['Forbidden', 'A change that another site asks for, or that this user may not make.'],
  404: ['NotFound', 'Unknown, or someone else’s: neither tells which.'],
  409: ['Conflict', 'What it is about is not in a state that allows this.'],
  413: ['BodyTooLarge', 'The request body is too large.'],
  415: ['UnsupportedMediaType', 'The request body is of a type that is not read here.'],
  422: [
    'Unprocessable',
    'Understood, but something is missing or does not fit: `message` says what.',
  ],
  426: ['UpgradeRequired', 'This address speaks WebSocket: see `Upgrade`.'],
  429: ['RateLimited', 'Too many requests: `Retry-After` says in how many seconds to come back.'],
  500: ['InternalError', 'Something went wrong here. The request can be repeated later.'],
  501: ['NotOffered', 'Not offered by this product.'],
  502: ['AmazonUnavailable', 'Amazon did not answer, or not in a way that can be used.'],
  503: ['TemporarilyUnavailable', 'A part that this needs is away. The request can be repeated.'],
};

/** The refusals as components of an OpenAPI document: the contract's error form, and the same as RFC 9457. */
export function refusalComponents(): Record<string, object> {
  const content = {
    'application/json': { schema: { $ref: '#/components/schemas/Error' } },
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  };
  return Object.fromEntries(
    Object.values(REFUSALS).map(([name, description]) => [name, { description, content }]),
  );
}

/**
 * All answers of an operation: its own, and what the server refuses before or around every handler. Ranges (`4XX`) give
 * way to the statuses themselves, since a client can act on those alone.
 */
export function withRefusals(method: string, operation: Operation): Record<string, object> {
  const own = Object.entries(operation.responses).filter(([status]) => /^\d{3}$/.test(status));
  const answers = Object.fromEntries(own.map(([status, answer]) => [status, described(answer)]));
  const declared = own.map(([status]) => Number(status)).filter((status) => status >= 400);
  for (const status of [...declared, ...expectedOf(method, operation)]) {
    const refusal = REFUSALS[status];
    if (refusal) answers[status] = { $ref: `#/components/responses/${refusal[0]}` };
  }
  return answers;
}

/** The specification asks for a description of every answer; where a schema gives none, the plugin's says nothing. */
function described(answer: { readonly description?: string }): object {
  return answer.description === 'Default Response' ? { ...answer, description: 'Done.' } : answer;
}

function expectedOf(method: string, { security, parameters = [] }: Operation): number[] {
  const isPublic = security?.length === 0;
  const changes = method !== 'get';
  const takes = (where: string): boolean => parameters.some((parameter) => parameter.in === where);
  return [
    ...(changes || takes('query') ? [400] : []),
    ...(isPublic ? [] : [401]),
    ...(changes ? [403, 413, 415] : []),
    ...(takes('path') ? [404] : []),
    ...(parameters.some(({ name }) => name === 'idempotency-key') ? [422] : []),
    ...[429, 500, 503],
  ];
}
