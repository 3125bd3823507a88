import type { Marketplace } from '@recoup/contracts';
import type { Clock } from '@recoup/kernel';
import { operations, type OperationName } from '../amazon/operations.js';
import { marketplacesIn, participationsSchema } from '../amazon/participations.js';
import { BRIEF } from '../amazon/patience.js';
import { originOf } from '../amazon/regions.js';
import { openSpApiClient } from '../amazon/sp-api-client.js';
import { accessTokenStep } from './access-token-step.js';
import type { CheckReport, Finding, Step } from './finding.js';
import { followReport, reportMade } from './follow-report.js';
import { hostStep } from './host-step.js';
import type { ProbeContext } from './probes.js';
import { readableBy } from './readable.js';
import type { CheckSettings } from './settings.js';
import { statedLimits } from './stated-limits.js';
import { tryOperation, type Trying } from './try-operation.js';

/** Who the calls are made for is told by the token alone; this is a name for the client's own bookkeeping. */
const ANYBODY = 'check';

const TIMEOUT_MS = 5 * 60_000;

/** Takes every step in turn: each needs the one before. Throws nothing that Amazon or the network does. */
export async function runCheck(settings: CheckSettings, clock: Clock): Promise<CheckReport> {
  const { region, endpoint } = settings;
  const origin = originOf(region, endpoint);
  const staticSandbox = new URL(origin).hostname.startsWith('sandbox.sellingpartnerapi-');
  const steps: Step[] = [{ name: 'settings', ok: true, words: `${origin}, region ${region}` }];
  const unfinished = (): CheckReport => ({
    staticSandbox,
    steps,
    marketplaces: [],
    findings: [],
    ...readableBy([]),
  });

  const token = await accessTokenStep(settings);
  steps.push(token.step);
  if (token.accessToken === null) return unfinished();
  const host = await hostStep(origin);
  steps.push(host);
  if (!host.ok) return unfinished();

  const { accessToken } = token;
  const limits = statedLimits();
  const tokens = { get: () => Promise.resolve(accessToken), drop: () => {}, forget: () => {} };
  const client = openSpApiClient({ endpoint, tokens, limiter: limits, patience: BRIEF });
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const caller = { sellerId: ANYBODY, region, sync: null, signal };
  const trying = { client, caller, limits, staticSandbox, mayWrite: settings.withReport };
  const { findings, marketplaces } = await tryAll(trying, clock);
  return { staticSandbox, steps, marketplaces, findings, ...readableBy(findings) };
}

/** Every operation that the client has, in the order of its table: marketplaces first, a report before its document. */
async function tryAll(
  trying: Trying,
  clock: Clock,
): Promise<{ findings: Finding[]; marketplaces: readonly Marketplace[] }> {
  const findings: Finding[] = [];
  let marketplaces: readonly Marketplace[] = [];
  let context: ProbeContext = {
    now: clock.now(),
    marketplaceId: null,
    reportId: null,
    reportDocumentId: null,
  };
  for (const operation of Object.keys(operations) as OperationName[]) {
    const { finding, answer } = await tryOperation(trying, operation, context);
    findings.push(finding);
    if (finding.state !== 'works') continue;
    if (operation === 'getMarketplaceParticipations') {
      marketplaces = marketplacesIn(participationsSchema.parse(answer));
      context = { ...context, marketplaceId: marketplaces[0]?.id ?? null };
    }
    if (operation === 'createReport') context = { ...context, reportId: reportMade(answer) };
    if (operation === 'getReport' && context.reportId !== null && !trying.staticSandbox) {
      context = { ...context, reportDocumentId: await followReport(trying, context.reportId) };
    }
  }
  return { findings, marketplaces };
}
