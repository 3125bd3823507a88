import { randomUUID } from 'node:crypto';
import formbody from '@fastify/formbody';
import { systemClock, type Clock } from '@recoup/kernel';
import fastify, { type FastifyInstance } from 'fastify';
import { openClock } from './clock.js';
import type { Config } from './config.js';
import type { Deps } from './deps.js';
import { caseDesk } from './doors/case-desk.js';
import { openCaseStore } from './doors/case-store.js';
import { buyerDoors } from './doors/buyer-doors.js';
import { testDoors } from './doors/test-doors.js';
import { consent } from './lwa/consent.js';
import { openGrants } from './lwa/grants.js';
import { restrictedRole } from './lwa/restricted-role.js';
import { tokenEndpoint } from './lwa/token-endpoint.js';
import { signer } from './signer.js';
import { ALL_OPERATIONS } from './spapi/operations.js';
import { documentDownloads } from './spapi/report-document.js';
import { openReportStore } from './spapi/report-store.js';
import { readModels } from './static-sandbox/model-files.js';
import { staticSandbox } from './static-sandbox/static-sandbox.js';
import { deskNamed } from './outcomes/desks.js';
import { openState } from './state.js';
import { calls } from './wire/calls.js';
import { faults } from './wire/faults.js';
import { leaks } from './wire/leaks.js';
import { serve } from './wire/operation.js';
import { servedPages } from './wire/page-faults.js';
import { pageTokens } from './wire/page-tokens.js';
import { rateLimits } from './wire/rate-limits.js';
import { errorOf, invalidInput, notFound, SpApiError } from './wire/sp-api-error.js';
import { calendarOf } from './world/calendar.js';
import { worlds } from './world/worlds.js';

export interface Sandbox extends AsyncDisposable {
  /** `http://<host>:<port>`: LWA, consent page, Selling Partner API, documents and case desk are all under it. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Starts a simulated Amazon. Its clock is everything's: rates, tokens, pages, reports, the world. */
export async function startSandbox(config: Config, outer: Clock = systemClock): Promise<Sandbox> {
  const directory = config.SANDBOX_STATE_DIR;
  const clock = await openClock({ directory, outer, speed: config.SANDBOX_CLOCK_SPEED });
  const state = await openState(directory, clock);
  const seal = signer(state.key);
  const grants = await openGrants({
    signer: seal,
    clock,
    tokenSeconds: config.SANDBOX_TOKEN_SECONDS,
    directory,
  });
  const reports = await openReportStore(directory);
  const cases = await openCaseStore(directory);
  const models =
    config.SPAPI_MODELS_DIR === undefined ? [] : await readModels(config.SPAPI_MODELS_DIR);
  const pages = pageTokens(seal);
  const ordered = faults();
  const deps: Deps = {
    staticSandbox: staticSandbox(models),
    config,
    clock,
    signer: seal,
    grants,
    reports,
    worlds: worlds({
      seed: config.SANDBOX_SEED,
      orders: config.SANDBOX_ORDERS,
      calendar: calendarOf(state.anchorDay, config.SANDBOX_DAYS_AHEAD, config.SANDBOX_QUIET_DAYS),
      nowMs: () => clock.now().getTime(),
      desk: deskNamed(config.SANDBOX_DESK),
      cases: () => cases.all(),
    }),
    limits: rateLimits(config.SPAPI_RATE_SCALE, () => clock.now().getTime()),
    calls: calls(),
    faults: ordered,
    leaks: leaks(),
    restrictedRole: restrictedRole(),
    pages,
    served: servedPages({ faults: ordered, pages }),
  };
  const app = await build(deps);
  caseDesk(app, deps, cases);
  const origin = await app.listen({ port: config.SANDBOX_PORT, host: config.SANDBOX_HOST });
  const close = async () => {
    await app.close();
    await Promise.all([grants.close(), reports.close(), cases.close()]);
  };
  return { origin, close, [Symbol.asyncDispose]: close };
}

async function build(deps: Deps): Promise<FastifyInstance> {
  const app = fastify({
    logger: { level: 'error' },
    // Calls that were ordered to time out hold their connections open; a shutdown does not wait for them.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 2_000 },
  });
  await app.register(formbody);
  app.addHook('onRequest', (_, reply, done) => {
    void reply.header('x-amzn-RequestId', randomUUID());
    done();
  });
  app.setErrorHandler((thrown, request, reply) => {
    const error = refusalOf(thrown);
    if (error.status >= 500) request.log.error(thrown);
    return reply.status(error.status).send(error.body());
  });
  app.setNotFoundHandler((_, reply) => reply.status(404).send(notFound().body()));
  app.get('/health', () => ({ status: 'ok' }));
  await app.register((scope, _, done) => {
    tokenEndpoint(scope, deps);
    done();
  });
  consent(app, deps);
  for (const operation of ALL_OPERATIONS) serve(app, deps, operation);
  documentDownloads(app, deps);
  testDoors(app, deps);
  buyerDoors(app, deps);
  return app;
}

/** What went wrong before a route could answer: a body that is no JSON, too large, or of an unknown kind. */
function refusalOf(thrown: unknown): SpApiError {
  if (thrown instanceof SpApiError) return thrown;
  const status = thrown instanceof Error && 'statusCode' in thrown ? thrown.statusCode : 500;
  if (status === 400) return invalidInput('The body of the request could not be parsed.');
  return errorOf(typeof status === 'number' ? status : 500);
}
