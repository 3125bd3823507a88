import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const rulesSchema = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          for: z.string().regex(/^\d+[smh]$/),
          labels: z.object({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.object({ summary: z.string(), runbook: z.string() }),
        }),
      ),
    }),
  ),
});

export type Alert = z.infer<typeof rulesSchema>['groups'][number]['rules'][number];

/** The alert rules as they are deployed. */
export function alertRules(): readonly Alert[] {
  const file: unknown = parse(read('infra/observability/alerts.yml'));
  return rulesSchema.parse(file).groups.flatMap(({ rules }) => rules);
}

const dashboardSchema = z.object({
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string(),
      targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).default([]),
    }),
  ),
});

/** The panels of the dashboard as it is deployed. */
export function dashboardPanels(): z.infer<typeof dashboardSchema>['panels'] {
  return dashboardSchema.parse(JSON.parse(read('infra/observability/dashboard.json'))).panels;
}

/** Every expression that somebody will evaluate, with where it stands. */
export function expressions(): readonly { readonly place: string; readonly expr: string }[] {
  return [
    ...alertRules().map(({ alert, expr }) => ({ place: alert, expr })),
    ...dashboardPanels().flatMap(({ title, targets }) =>
      targets.map(({ expr }) => ({ place: title, expr })),
    ),
  ];
}

/** The alerts that the runbook has a section for. */
export function runbookSections(): readonly string[] {
  return [...read('docs/runbook.md').matchAll(/^### (\w+)$/gm)].map(([, name = '']) => name);
}

const scrapeSchema = z.object({
  scrape_configs: z.array(
    z.object({
      job_name: z.string(),
      static_configs: z.array(z.object({ labels: z.object({ service: z.string() }) })).default([]),
    }),
  ),
});

/** The services that Prometheus is told of by name. */
export function scrapedServices(): readonly string[] {
  const file: unknown = parse(read('infra/observability/prometheus.yml'));
  return scrapeSchema
    .parse(file)
    .scrape_configs.flatMap((job) => job.static_configs.map(({ labels }) => labels.service));
}
