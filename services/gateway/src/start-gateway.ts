import { openEventStore } from '@recoup/event-store';
import { shardOf } from '@recoup/kernel';
import { FoldFailed, runProjector, waitForProjections } from '@recoup/projections';
import { openPool, runRetention, type Service } from '@recoup/service-kit';
import { openStorage } from '@recoup/storage';
import { documentKeys, openDocumentVault } from '@recoup/vault';
import { addClaimGauges } from './adapters/claim-gauges.js';
import { openKeptAnswers } from './adapters/kept-answers.js';
import { logHead } from './adapters/log-head.js';
import { openOauthStates } from './adapters/oauth-states.js';
import { readFilingQueue } from './adapters/filing-queue.js';
import { openOperatorReads } from './adapters/operator-reads.js';
import { addReadModelGauges } from './adapters/read-model-gauges.js';
import { openReadModels } from './adapters/read-models.js';
import { openSignInLinks } from './adapters/sign-in-links.js';
import { buildApp } from './app.js';
import { openDocumentFiles, type DocumentFiles } from './document-files.js';
import { projections } from './projections/index.js';
import { observedFold } from './projections/observed-fold.js';
import { retentionRules } from './retention.js';
import type { Settings } from './settings.js';
import { LiveTail } from './sse/live-tail.js';
import { startSessions } from './start-sessions.js';

/** How long a command waits for reads to catch up with what it wrote, in milliseconds. */
const SHOWN_MS = 1000;

/** Starts the service's parts, the projector and the HTTP server; answers the address on which it listens. */
export async function startGateway(service: Service, settings: Settings): Promise<string> {
  const { pool, store, notifications, bus, clock, log, signal } = service;
  const tenantPool = openPool({ url: settings.DATABASE_TENANT_URL, name: 'gateway-reads', log });
  service.onStop(() => tenantPool.end());

  const onError = (error: unknown): void => {
    if (error instanceof FoldFailed) log.error({ err: error }, 'a row of a read model is stuck');
    else log.warn({ err: error }, 'interrupted');
  };
  const connection = {
    connectionString: service.databaseUrl,
    application_name: 'recoup-projector',
  };
  const projector = runProjector(
    { pool, store, notifications, connection, projections, around: observedFold, onError },
    signal,
  );
  service.run('projector', projector);
  const rules = retentionRules(settings, clock);
  service.run('retention', runRetention(service, { rules, settings }));
  addReadModelGauges(service, projections);
  addClaimGauges(service);

  const shown = async (shard: number, position: number): Promise<void> => {
    await waitForProjections(pool, { projections, shard, position, timeoutMs: SHOWN_MS });
  };
  const app = await buildApp(
    {
      settings,
      ...(await startSessions(service, { settings, onError })),
      reads: openReadModels(tenantPool),
      streams: openEventStore(tenantPool),
      operators: openOperatorReads(pool),
      filingQueue: ({ isOperator, tenantId }, page) =>
        isOperator
          ? readFilingQueue(pool, null, page)
          : readFilingQueue(tenantPool, tenantId, page),
      commands: {
        store,
        clock,
        shown: (tenantId, position) => shown(shardOf(tenantId), position),
      },
      documents: openDocuments(pool, settings),
      bus,
      tail: new LiveTail({ store, notifications, head: logHead(pool), shown, onError }),
      keptAnswers: openKeptAnswers(pool, settings.IDEMPOTENCY_KEEP_HOURS),
      oauthStates: openOauthStates(pool, clock),
      signInLinks: openSignInLinks(pool, settings.LOCAL_SIGN_IN_TOKEN),
      signal,
    },
    log,
  );
  service.onStop(() => app.close());
  return app.listen({ port: settings.GATEWAY_PORT, host: settings.GATEWAY_HOST });
}

function openDocuments(db: Service['pool'], settings: Settings): DocumentFiles | null {
  const files = openStorage(settings);
  const keys = documentKeys(settings);
  return files && keys && openDocumentFiles(files, openDocumentVault({ db, keys }));
}
