import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../deps.js';
import type { Access } from '../lwa/grants.js';
import { openedBy, type DataElement } from '../lwa/restricted-resource.js';
import type { World } from '../world/world.js';
import { isStaticSandboxHost } from '../static-sandbox/static-sandbox.js';
import { applyFault } from './apply-fault.js';
import { damagedBody } from './damaged-body.js';
import { withBuyers } from './leaks.js';
import { STATIC_SANDBOX, type OperationName, type PlanName } from './rates.js';
import { errorOf, invalidInput, quotaExceeded, SpApiError, unauthorized } from './sp-api-error.js';

/** A call that passed the door: whose it is, and what it asks. */
export interface Call {
  readonly deps: Deps;
  readonly operation: OperationName;
  /** The seller as of now; on a later page, as of the moment the first one was asked for. */
  readonly world: World;
  readonly sellerId: string;
  readonly access: Access;
  /** What the token of this call opens of the data about people; nothing without a restricted data token. */
  readonly restricted: ReadonlySet<DataElement>;
  readonly nowMs: number;
  readonly query: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The sandbox's own origin, as this client reached it. */
  readonly origin: string;
}

export interface Answer {
  readonly status: number;
  /** Undefined for an answer without a body. */
  readonly body: unknown;
}

export interface Operation {
  readonly name: OperationName;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** Puts an operation behind Amazon's door: user agent, access token, ordered failures, rate, then its own rules. */
export function serve(app: FastifyInstance, deps: Deps, operation: Operation): void {
  app.route({
    method: operation.method,
    url: operation.path,
    handler: async (request, reply) => {
      try {
        return await admit(deps, operation, { request, reply });
      } catch (thrown) {
        if (!(thrown instanceof SpApiError)) request.log.error(thrown);
        const error = thrown instanceof SpApiError ? thrown : errorOf(500);
        const plan = planOf(operation, request);
        return send(reply, deps, { plan, status: error.status, body: error.body() });
      }
    },
  });
}

async function admit(
  deps: Deps,
  operation: Operation,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
  checkUserAgent(request);
  const { access, sellerId, restricted } = authenticate(deps, request);
  const { client } = access;
  const { name } = operation;
  deps.calls.count(name, sellerId);
  const failed = applyFault(deps, { request, reply, operation: name, sellerId });
  if (failed) return failed;
  const plan = planOf(operation, request);
  if (!deps.limits.take({ client, seller: sellerId, plan })) {
    deps.calls.throttle(name, sellerId);
    throw quotaExceeded();
  }
  const asked = {
    query: request.query as Record<string, unknown>,
    params: request.params as Record<string, string>,
    body: request.body,
  };
  if (plan === STATIC_SANDBOX) {
    const canned = deps.staticSandbox.answer({ ...asked, ...placeOf(operation) });
    if (canned) return send(reply, deps, { plan, ...canned });
  }
  const instead = deps.served.instead({ operation: name, sellerId, query: asked.query });
  if (instead !== undefined) return send(reply, deps, { plan, ...ok(instead) });
  const answer = await operation.handle({
    ...asked,
    deps,
    operation: name,
    sellerId,
    access,
    restricted,
    world: await worldOf(deps, sellerId, asked.query),
    nowMs: deps.clock.now().getTime(),
    origin: originOf(request),
  });
  deps.served.remember(answer.body);
  const body = deps.leaks.isLeaking(sellerId) ? withBuyers(answer.body) : answer.body;
  const fault = deps.faults.ofBody(name, sellerId);
  if (fault && body !== undefined) {
    const text = Readable.from([Buffer.from(JSON.stringify(body))], { objectMode: false });
    void reply.type('application/json; charset=utf-8');
    return send(reply, deps, { plan, status: answer.status, body: damagedBody(fault, text) });
  }
  return send(reply, deps, { plan, status: answer.status, body });
}

/** The seller as of now; on a later page, as of the moment when the first one was asked for. */
async function worldOf(
  { worlds, pages }: Deps,
  sellerId: string,
  query: Call['query'],
): Promise<World> {
  const now = await worlds.of(sellerId);
  const beganMs = pages.beganMs(query);
  return beganMs === undefined ? now : now.asOf(beganMs);
}

/** Amazon's static sandbox is a host of its own, with one limit for everything. */
function planOf({ name }: Operation, { host }: FastifyRequest): PlanName {
  return isStaticSandboxHost(host) ? STATIC_SANDBOX : name;
}

/** Method and path of an operation as Amazon's models write them. */
export function placeOf({ method, path }: Operation): { method: string; path: string } {
  return { method, path: path.replaceAll(/:(\w+)/g, '{$1}') };
}

function checkUserAgent({ headers }: FastifyRequest): void {
  const agent = headers['user-agent'] ?? '';
  if (!agent.includes('(Language=') || agent.length > 500) {
    throw invalidInput(
      'The user-agent header is missing or malformed.',
      'It must name the application and contain (Language=...), in at most 500 characters.',
    );
  }
}

function authenticate(
  { grants }: Deps,
  { headers, method, url }: FastifyRequest,
): { access: Access; sellerId: string; restricted: ReadonlySet<DataElement> } {
  const token = headers['x-amz-access-token'];
  if (typeof token !== 'string' || token === '') {
    throw unauthorized('Access token is missing in the request header.');
  }
  const access = grants.openAccessToken(token);
  if (access === 'expired') throw unauthorized('The access token you provided has expired.');
  if (access === 'invalid') {
    throw unauthorized('The access token you provided is revoked, malformed or invalid.');
  }
  if (access === 'revoked' || access.seller === null) {
    throw unauthorized('The application is not authorized by the selling partner.');
  }
  const path = url.split('?')[0] ?? '';
  const restricted = access.restrictedTo
    ? openedBy(access.restrictedTo, { method, path })
    : new Set<DataElement>();
  if (!restricted) throw unauthorized('The restricted data token is not valid for this resource.');
  return { access, sellerId: access.seller, restricted };
}

/** The limit is told with 2xx, 400 and 404 only: who is refused for the rate is not told the rate. */
function send(
  reply: FastifyReply,
  { limits }: Deps,
  { plan, status, body }: Answer & { readonly plan: PlanName },
): FastifyReply {
  if (status < 300 || status === 400 || status === 404) {
    void reply.header('x-amzn-RateLimit-Limit', limits.limitOf(plan));
  }
  return reply.status(status).send(body);
}

const HOST = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i;

function originOf({ protocol, host }: FastifyRequest): string {
  if (!HOST.test(host)) throw invalidInput('The host header is malformed.');
  return `${protocol}://${host}`;
}
