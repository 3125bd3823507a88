import { consume, type Service } from '@recoup/service-kit';
import { installationDefaults } from '@recoup/domain';
import { openCaseDesk, type CaseDesk } from './adapters/case-desk.js';
import { countForsakenFilings } from './adapters/filings.js';
import { wakeKept } from './adapters/due-work.js';
import { measuredDesk } from './adapters/measured-desk.js';
import type { FilingChannel } from './adapters/tables.js';
import { openWebhookDesk } from './adapters/webhook-desk.js';
import type { EvidenceSettings } from './config.js';
import { detectionBasisReader } from './detection-basis.js';
import { addEvidenceGauges } from './evidence-gauges.js';
import { fileDue } from './file-due.js';
import { askForAnswers, type AskDeps } from './outcomes/ask-for-answers.js';
import { matchDue } from './outcomes/match-due.js';
import { watchDeadlines } from './outcomes/watch-deadlines.js';
import { openAnswerDesk } from './adapters/desk-answers.js';
import { hearClaim, heardTypes } from './hear-claims.js';
import { startReading } from './start-reading.js';
import { validateDue } from './validate-due.js';
import { workLoop } from './work-loop.js';

/** How long a claim or a filing may lie before it is noticed, in milliseconds. */
const IDLE_MS = 250;

/** No call lasts longer, in milliseconds: look-up and call together must end before a stop does. */
const LONGEST_CALL_MS = 4000;

/** Look-up and call each get less than half of a lease, so that a slow desk does not cost a worker its filing. */
const CALL_SHARE_OF_LEASE = 0.4;

/** The service's parts: the consumer, the validator, and the filing worker where calls to a desk are asked for. */
export async function startEvidence(service: Service, settings: EvidenceSettings): Promise<void> {
  const { pool, store, clock, log, signal } = service;
  const basisOf = detectionBasisReader(store);
  const defaults = installationDefaults(settings);
  const deps = { pool, store, clock, log, settings, basisOf, defaults };
  const onError = (error: unknown): void => log.warn({ err: error }, 'worker interrupted');

  addEvidenceGauges(service);
  consume(service, { types: heardTypes, handle: hearClaim });
  const loop = { signal, idleMs: IDLE_MS, onError };
  service.run('validation', workLoop({ ...loop, step: () => validateDue(deps) }));
  service.run('kept work', workLoop({ ...loop, step: () => wakeKept(pool, clock.now()) }));
  startReading(service, settings);

  service.run('matching', workLoop({ ...loop, step: () => matchDue(deps) }));
  service.run('deadlines', workLoop({ ...loop, step: () => watchDeadlines(deps) }));
  const answers = asking(deps);
  service.run('answers', workLoop({ ...loop, step: () => askForAnswers(answers) }));

  const { FILING_LEASE_SECONDS: leaseSeconds, CLAIM_SUBMISSION: channel } = settings;
  const timeoutMs = Math.min(LONGEST_CALL_MS, leaseSeconds * 1000 * CALL_SHARE_OF_LEASE);
  const desk = deskOf(settings, timeoutMs);
  await warnOfForsaken(service, desk && channel !== 'queue' ? channel : null);
  if (!desk || channel === 'queue') return;
  const filing = { ...deps, leaseSeconds, desk: measuredDesk(desk, channel), channel };
  service.run('filing', workLoop({ ...loop, step: () => fileDue(filing) }));
}

/** Only the simulated desk tells what became of its cases. */
function asking(
  deps: Omit<AskDeps, 'desk' | 'answerDays'> & { settings: EvidenceSettings },
): AskDeps {
  const { CASE_DESK_URL: url, CLAIM_SUBMISSION, CLAIM_ANSWER_DAYS: answerDays } = deps.settings;
  const asked = CLAIM_SUBMISSION === 'sandbox' && url !== undefined;
  const desk = asked ? openAnswerDesk({ url, timeoutMs: LONGEST_CALL_MS }) : null;
  return { ...deps, desk, answerDays };
}

/** The desk that is called; null where a person files from the queue. */
function deskOf(settings: EvidenceSettings, timeoutMs: number): CaseDesk | null {
  const { CLAIM_SUBMISSION, CASE_DESK_URL, WEBHOOK_URL, WEBHOOK_SECRET, WEBHOOK_LOCAL } = settings;
  if (CLAIM_SUBMISSION === 'sandbox' && CASE_DESK_URL !== undefined) {
    return openCaseDesk({ url: CASE_DESK_URL, timeoutMs });
  }
  if (CLAIM_SUBMISSION === 'webhook' && WEBHOOK_URL !== undefined && WEBHOOK_SECRET !== undefined) {
    const publicOnly = WEBHOOK_LOCAL === 'off';
    return openWebhookDesk({ url: WEBHOOK_URL, secret: WEBHOOK_SECRET, timeoutMs, publicOnly });
  }
  return null;
}

/** Calls were asked for under another setting. They may have gone out, so nothing but their own desk can settle them. */
async function warnOfForsaken(
  { pool, log }: Service,
  channel: FilingChannel | null,
): Promise<void> {
  const open = await countForsakenFilings(pool, channel);
  if (open > 0)
    log.warn({ open }, 'filings wait for another CLAIM_SUBMISSION: nobody settles them now');
}
