import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { setAnswerHeaders } from './answer-headers.js';
import { Problem } from './problems.js';

/** What every answer that is not a success carries. `error` and `message` are both sentences: clients print either. */
export interface ErrorBody {
  readonly error: string;
  readonly message: string;
  readonly code: string;
  readonly requestId: string;
  readonly [extra: string]: unknown;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Words this route's failures in its own way, whoever refuses: sessions, limits, validation or the route itself. */
    rephrase?: (failure: ErrorBody) => ErrorBody;
  }
}

interface Shape {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Fastify's own refusals, in words for whoever sent the request. */
const FASTIFY_CODES: Readonly<Record<string, Shape>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'body_too_large',
    message: 'The request body is too large.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'unsupported_media_type',
    message: 'Send application/json.',
  },
};

const UNREADABLE = { code: 'bad_request', message: 'The request could not be read.' };

const INTERNAL: Shape = {
  status: 500,
  code: 'internal_error',
  message: 'Something went wrong. Please try again later.',
};

/** Gives every failure the shape of the contract, and keeps what is internal inside: it is logged, never answered. */
export function installErrorHandling(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const shape = shapeOf(error);
    // A Problem was foreseen: that a part is away, or not offered, is no failure of this request's code.
    const level = error instanceof Problem ? 'debug' : 'error';
    if (shape.status >= 500) request.log[level]({ err: error }, 'request failed');
    return sendError(request, reply, shape);
  });
  app.setNotFoundHandler((request, reply) =>
    sendError(request, reply, { status: 404, code: 'not_found', message: 'Not found' }),
  );
}

/** Answers an address that the router itself refuses: no hook has run for it. */
export function answerUnroutable(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  setAnswerHeaders(request, reply);
  void sendError(request, reply, shapeOf(error));
}

export function errorBody({
  message,
  code,
  requestId,
}: Pick<ErrorBody, 'message' | 'code' | 'requestId'>): ErrorBody {
  return { error: message, message, code, requestId };
}

/** Answers a failure; as problem+json (RFC 9457) only to who asks for it. */
function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, code, message, extra = {} }: Shape,
): FastifyReply {
  const { rephrase = (failure) => failure } = request.routeOptions.config;
  const body = rephrase({ ...extra, ...errorBody({ message, code, requestId: request.id }) });
  const asProblem = request.headers.accept?.includes('application/problem+json') ?? false;
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type(asProblem ? 'application/problem+json' : 'application/json')
    .serializer(JSON.stringify)
    .send(asProblem ? { ...body, type: 'about:blank', title: body.message, status } : body);
}

function shapeOf(error: FastifyError): Shape {
  if (error instanceof Problem) return error;
  const { statusCode = 500 } = error;
  const known = invalidInput(error) ?? FASTIFY_CODES[error.code];
  if (known) return known;
  return statusCode >= 400 && statusCode < 500 ? { status: statusCode, ...UNREADABLE } : INTERNAL;
}

function invalidInput(error: FastifyError): Shape | null {
  if (!hasZodFastifySchemaValidationErrors(error)) return null;
  const [issue] = error.validation;
  const where = issue?.instancePath.replaceAll('/', '.').slice(1);
  const message = `${where ? `${where}: ` : ''}${issue?.message ?? 'The request is not valid.'}`;
  return { status: 400, code: 'invalid_request', message };
}
