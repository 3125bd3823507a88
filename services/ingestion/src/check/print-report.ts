import { operations } from '../amazon/operations.js';
import type { CheckReport, Finding, State } from './finding.js';

const STATE_WORDS: Readonly<Record<State, string>> = {
  works: 'works',
  allowed: 'allowed',
  refused: 'REFUSED',
  limited: 'LIMITED',
  failed: 'FAILED',
  not_tried: 'not tried',
};

/** The report for a person, in lines. */
export function printReport(report: CheckReport): string {
  const { steps, staticSandbox, marketplaces, findings } = report;
  const lines = steps.map(({ name, ok, words }) => row(name, ok ? 'works' : 'FAILED', words));
  if (staticSandbox) {
    lines.push(
      '',
      "This is Amazon's static sandbox: it knows canned calls only, and says nothing of a seller, of roles or of limits.",
    );
  }
  if (findings.length > 0) {
    const names = marketplaces.map(({ country, id, currency }) => `${country} ${id} ${currency}`);
    lines.push('', row('marketplaces', names.length > 0 ? '' : 'none', names.join(', ')), '');
    lines.push(
      ...findings.map((one) =>
        row(one.operation, STATE_WORDS[one.state], wordsOf(one, staticSandbox)),
      ),
    );
  }
  return [...lines, '', summaryOf(report)].join('\n');
}

function row(name: string, state: string, words: string): string {
  return `${name.padEnd(30)}${state.padEnd(11)}${words}`.trimEnd();
}

function wordsOf(finding: Finding, staticSandbox: boolean): string {
  const { state, roles, words } = finding;
  const role = roles.length === 0 ? '' : `role missing: ${roles.join(', or ')}. `;
  if (state !== 'works' && state !== 'allowed') return role + words;
  if (staticSandbox) return 'the canned answer';
  return state === 'works'
    ? speedOf(finding)
    : `${speedOf(finding)}; asked for what does not exist`;
}

/** What Amazon grants this seller; without its word, what it publishes. */
function speedOf({ operation, rateLimit }: Finding): string {
  const { rate, burst } = operations[operation];
  const speed = `${perTime(rateLimit ?? rate)}, ${burst} at once`;
  if (rateLimit === null) return `${speed} (published; Amazon stated no limit)`;
  return rateLimit === rate ? speed : `${speed} (published: ${perTime(rate)})`;
}

function perTime(rate: number): string {
  return rate < 1 ? `one call in ${Number((1 / rate).toPrecision(3))} s` : `${rate} calls a second`;
}

/** One sentence on what a sync could and could not do. */
export function summaryOf(report: CheckReport): string {
  const { steps, readable, blocked, unknown, indispensable, begins, findings } = report;
  const failed = steps.find((step) => !step.ok);
  if (failed) return `A sync could read nothing: the step "${failed.name}" failed.`;
  if (report.staticSandbox) return summaryOfStatic(findings);
  const missing = missingRoles(findings);
  const parts = [
    readable.length > 0 ? `could read ${list(readable)}` : '',
    blocked.length > 0 ? `could not read ${list(blocked)}${missing}` : '',
    unknown.length > 0 ? `may read ${list(unknown)}, which was not tried` : '',
    indispensable.length > 0 ? `fails without ${list(indispensable)}` : '',
  ].filter((part) => part !== '');
  const sentence = `A sync ${parts.join('; it ')}`;
  return begins
    ? `${sentence}.`
    : `${sentence}; but none could begin${blocked.length === 0 ? missing : ''}.`;
}

/** The static sandbox knows no seller: its answers prove the credentials and the way to Amazon, and nothing more. */
function summaryOfStatic(findings: readonly Finding[]): string {
  const tried = findings.filter(({ state }) => state !== 'not_tried');
  const good = tried.filter(({ state }) => state === 'works');
  return `The static sandbox answered ${good.length} of ${tried.length} operations as documented. What a sync could read shows only at the production host.`;
}

function missingRoles(findings: readonly Finding[]): string {
  const needs = findings
    .filter(({ state }) => state === 'refused')
    .map(({ roles }) => roles.join(' or '));
  if (needs.length === 0) return '';
  return ` (the application needs the role ${list([...new Set(needs)])}; a role that is added later needs the seller to authorize again)`;
}

function list(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
