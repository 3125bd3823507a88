import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { askedIn, groupedBy, isBalanced } from './promql.js';
import {
  alertRules,
  dashboardPanels,
  expressions,
  runbookSections,
  scrapedServices,
} from './shown.js';

const file = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** What a summary may name: what Prometheus adds, and what the expression groups by. */
const ADDED = ['service', 'instance', 'job'];

describe('alerts', () => {
  it('have a section each in the runbook, which has no other', () => {
    const names = alertRules().map(({ alert }) => alert);
    expect(names.length).toBeGreaterThan(15);
    expect([...runbookSections()].sort()).toEqual([...names].sort());
    for (const { alert, annotations } of alertRules()) {
      expect(annotations.runbook).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
    }
  });

  it.each(alertRules())('$alert names in its summary only labels that it has', (rule) => {
    const named = [...rule.annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(
      ([, name]) => name,
    );
    const known = [...ADDED, ...groupedBy(rule.expr)];
    expect(known).toEqual(expect.arrayContaining(named));
  });
});

describe('what is scraped on Kubernetes', () => {
  it.each(['gateway', 'ingestion', 'detection', 'evidence'])('finds the pods of %s', (service) => {
    const rules = file('infra/observability/prometheus.yml');
    const manifest = file(`infra/kubernetes/base/${service}.yaml`);
    const port = /container_port_name\]\n\s+regex: (\w+)/.exec(rules)?.[1];
    expect(port).toBeDefined();
    expect(manifest).toContain(`{ name: ${port}, containerPort: 9464 }`);
    expect(manifest).toMatch(/app\.kubernetes\.io\/part-of: recoup/);
    expect(manifest).toContain(`app.kubernetes.io/name: ${service}`);
  });
});

describe('what is evaluated', () => {
  it.each(expressions())('$place: $expr closes its brackets', ({ expr }) => {
    expect(isBalanced(expr)).toBe(true);
  });

  it('is about metrics that are read from the expression by name', () => {
    const expr =
      'sum by (le, kind) (rate(recoup_a_bucket{kind="x",state=~"y|z"}[5m])) / on (pool) up';
    expect(askedIn(expr)).toEqual([
      {
        metric: 'recoup_a_bucket',
        labels: new Map([
          ['kind', 'x'],
          ['state', null],
        ]),
      },
    ]);
    expect(groupedBy(expr)).toEqual(['le', 'kind', 'pool']);
    expect(isBalanced('a(b[c)]')).toBe(false);
  });

  it('is shown in panels of different numbers, and scraped from all services', () => {
    const ids = dashboardPanels().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...scrapedServices()].sort()).toEqual([
      'detection',
      'evidence',
      'gateway',
      'ingestion',
    ]);
  });
});
