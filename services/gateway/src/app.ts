import cookie from '@fastify/cookie';
import { newName } from '@recoup/kernel';
import fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { App, Gateway } from './gateway.js';
import { installAnswerHeaders } from './http/answer-headers.js';
import { answerClientError } from './http/client-errors.js';
import { crossOriginHeaders, installCrossOrigin } from './http/cross-origin.js';
import { answerUnroutable, installErrorHandling } from './http/errors.js';
import { installGracefulStop } from './http/graceful-stop.js';
import { installIdempotency } from './http/idempotency.js';
import { installJsonBody } from './http/json-body.js';
import { allowedOrigins } from './http/origins.js';
import { installOriginCheck } from './http/same-origin.js';
import { installRequestMetrics } from './http/request-metrics.js';
import { installRequestSpans } from './http/request-spans.js';
import { installAddressLimits, installUserLimit } from './http/rate-limits.js';
import { installSecurityHeaders } from './http/security-headers.js';
import { installSessions } from './http/session.js';
import { installUpgrades } from './http/upgrades.js';
import { installOpenapi } from './openapi/install-openapi.js';
import { trustedBy } from './http/trust-proxy.js';
import { installUrlLength } from './http/url-length.js';
import { pageRoutes } from './page/page.js';
import { activityRoutes } from './routes/activity.js';
import { amazonConnectRoutes } from './routes/amazon-connect.js';
import { amazonDisconnectRoute } from './routes/amazon-disconnect.js';
import { amazonOauthRoutes } from './routes/amazon-oauth.js';
import { auditRoutes } from './routes/audit.js';
import { authRoutes } from './routes/auth.js';
import { caseDocumentRoute } from './routes/case-document.js';
import { casePageRoutes } from './routes/case-page.js';
import { claimCommandRoutes } from './routes/claim-commands.js';
import { costRoutes } from './routes/costs.js';
import { coverageRoute } from './routes/coverage.js';
import { detectionFigureRoutes } from './routes/detection-figures.js';
import { detectionRoutes } from './routes/detections.js';
import { documentCommandRoutes } from './routes/document-commands.js';
import { documentMailboxRoute } from './routes/document-mailboxes.js';
import { evidenceSummaryRoute } from './routes/evidence-summary.js';
import { documentSearchRoute } from './routes/document-search.js';
import { documentUploadRoutes } from './routes/document-upload.js';
import { documentRoutes } from './routes/documents.js';
import { filingCommandRoutes } from './routes/filing-commands.js';
import { filingQueueRoute } from './routes/filing-queue.js';
import { figureRoutes } from './routes/figures.js';
import { killSwitchRoute } from './routes/kill-switch.js';
import { lossAssertionRoute } from './routes/loss-assertion.js';
import { metricsTrackRoute } from './routes/metrics-track.js';
import { promptAnswerRoute } from './routes/prompt-answer.js';
import { recoveriesCsvRoute } from './routes/recoveries-csv.js';
import { recoveredReportRoute } from './routes/recovered-report.js';
import { recoveryRoutes } from './routes/recoveries.js';
import { riskRoutes } from './routes/risks.js';
import { sellerSettingsRoutes } from './routes/seller-settings.js';
import { servicesStatusRoute } from './routes/services-status.js';
import { streamRoutes } from './routes/streams.js';
import { syncCancelRoutes } from './routes/sync-cancel.js';
import { syncReadRoutes } from './routes/sync-reads.js';
import { syncStartRoutes } from './routes/sync-start.js';

/** No route takes more: the largest body is a refresh token. */
const BODY_LIMIT = 64 * 1024;

/** How long a request may take to arrive, in milliseconds: one that never does would hold its connection for ever. */
const ARRIVAL_MS = 30_000;

/** More than fits into a request line: an id that is too long is unknown like any other, and not an error of its own. */
const MAX_PARAM_LENGTH = 64 * 1024;

/** The HTTP server with all its routes, not yet listening. */
export async function buildApp(gateway: Gateway, log: FastifyBaseLogger): Promise<App> {
  const { settings } = gateway;
  const origins = allowedOrigins(settings);
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    bodyLimit: BODY_LIMIT,
    genReqId: () => newName('req'),
    requestTimeout: ARRIVAL_MS,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    trustProxy: trustedBy(settings.TRUST_PROXY),
    frameworkErrors: (error, request, reply) => {
      void reply.headers(crossOriginHeaders(request.headers.origin, origins));
      answerUnroutable(error, request, reply);
    },
    clientErrorHandler: answerClientError,
    forceCloseConnections: true, // what is left after the graceful stop
    return503OnClosing: false, // refused by the graceful stop, in the form of every other refusal
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  installErrorHandling(app);
  installRequestSpans(app);
  installRequestMetrics(app);
  installAnswerHeaders(app);
  await installSecurityHeaders(app, settings);
  await installCrossOrigin(app, origins);
  installGracefulStop(app, gateway.signal);
  installUrlLength(app);
  await installAddressLimits(app, settings);
  installJsonBody(app);
  await app.register(cookie);
  installOriginCheck(app, settings);
  installUpgrades(app);
  installSessions(app, gateway.sessions);
  installUserLimit(app, settings);
  installIdempotency(app, gateway.keptAnswers);
  await installOpenapi(app);

  authRoutes(app, gateway);
  amazonOauthRoutes(app, gateway);
  amazonConnectRoutes(app, gateway);
  amazonDisconnectRoute(app, gateway);
  documentMailboxRoute(app);
  syncStartRoutes(app, gateway);
  syncCancelRoutes(app, gateway);
  syncReadRoutes(app, gateway);
  activityRoutes(app, gateway);
  await streamRoutes(app, gateway);
  recoveryRoutes(app, gateway);
  recoveriesCsvRoute(app, gateway);
  recoveredReportRoute(app, gateway);
  casePageRoutes(app, gateway);
  caseDocumentRoute(app, gateway);
  claimCommandRoutes(app, gateway);
  promptAnswerRoute(app, gateway);
  evidenceSummaryRoute(app, gateway);
  filingCommandRoutes(app, gateway);
  filingQueueRoute(app, gateway);
  lossAssertionRoute(app, gateway);
  detectionRoutes(app, gateway);
  detectionFigureRoutes(app, gateway);
  coverageRoute(app, gateway);
  riskRoutes(app, gateway);
  auditRoutes(app, gateway);
  costRoutes(app, gateway);
  sellerSettingsRoutes(app, gateway);
  documentRoutes(app, gateway);
  documentCommandRoutes(app, gateway);
  documentSearchRoute(app, gateway);
  await documentUploadRoutes(app, gateway);
  killSwitchRoute(app, gateway);
  figureRoutes(app, gateway);
  metricsTrackRoute(app);
  servicesStatusRoute(app, gateway);
  if (settings.FRONTEND_URL === undefined) pageRoutes(app);
  return app;
}
