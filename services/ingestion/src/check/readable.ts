import type { SyncResource } from '@recoup/contracts';
import type { OperationName } from '../amazon/operations.js';
import { isEssential } from '../plan/essential-resources.js';
import { allSources } from '../sources/registry.js';
import type { Source } from '../sources/source.js';
import { RESOURCE_WORDS } from '../sync/count-words.js';
import type { CheckReport, Finding } from './finding.js';

/** What every sync begins with, whatever it reads: marketplaces when connecting, counts when planning. */
const ALWAYS: readonly OperationName[] = ['getMarketplaceParticipations', 'getOrderMetrics'];

type Outlook = 'readable' | 'blocked' | 'unknown';

/**
 * What a sync could read, judged by the operations that the sources of each resource need. One route that is open makes a
 * resource readable; but all is well only where none is blocked, because the plan may choose any.
 */
export function readableBy(
  findings: readonly Finding[],
): Pick<CheckReport, 'readable' | 'blocked' | 'unknown' | 'indispensable' | 'begins' | 'ok'> {
  const byName = new Map(findings.map((finding) => [finding.operation, finding]));
  const routes = allSources.map((source) => ({ source, outlook: outlookOf(source, byName) }));
  const resources = [...new Set(allSources.map(({ resource }) => resource))].map((resource) => {
    const own = routes.filter(({ source }) => source.resource === resource);
    return { resource, ...outlookOn(resource, own) };
  });
  const of = (outlook: Outlook): string[] =>
    resources.filter((one) => one.outlook === outlook).map(({ words }) => words);
  const begins = ALWAYS.every((operation) => isGood(byName.get(operation)));
  return {
    readable: of('readable'),
    blocked: of('blocked'),
    unknown: of('unknown'),
    indispensable: resources
      .filter((one) => one.outlook === 'blocked' && isEssential(one.resource))
      .map(({ words }) => words),
    begins,
    ok: begins && routes.every(({ outlook }) => outlook !== 'blocked'),
  };
}

interface Route {
  readonly source: Source;
  readonly outlook: Outlook;
}

function outlookOn(
  resource: SyncResource,
  routes: readonly Route[],
): { words: string; outlook: Outlook } {
  const words = RESOURCE_WORDS[resource];
  const blocked = routes.filter(({ outlook }) => outlook === 'blocked');
  if (blocked.length === routes.length) return { words, outlook: 'blocked' };
  const outlook = routes.some((route) => route.outlook === 'readable') ? 'readable' : 'unknown';
  if (blocked.length === 0) return { words, outlook };
  return {
    words: `${words} (not by ${blocked.map((one) => one.source.route).join(', ')})`,
    outlook,
  };
}

function outlookOf(source: Source, byName: ReadonlyMap<OperationName, Finding>): Outlook {
  const needed = Object.keys(source.demand({ calls: 1, expected: null })) as OperationName[];
  const findings = needed.map((operation) => byName.get(operation));
  if (findings.every(isGood)) return 'readable';
  const open = findings.every((finding) => isGood(finding) || finding?.state === 'not_tried');
  return open ? 'unknown' : 'blocked';
}

function isGood(finding: Finding | undefined): boolean {
  return finding?.state === 'works' || finding?.state === 'allowed';
}
