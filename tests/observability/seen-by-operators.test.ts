import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, parseScrape, type Series } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  connectSeller,
  followSync,
  signIn,
  startProduct,
  syncUntilSettled,
  waitForClaims,
  type Browser,
  type Product,
} from '../product/index.js';
import { askedIn, groupedBy } from './promql.js';
import { expressions } from './shown.js';
import { openSpanReceiver, type ReceivedSpan, type SpanReceiver } from './span-receiver.js';

const SELLER = 'A2HARBORPINE01';
/** How long a test may take on a machine that is busy with other things, in milliseconds. */
const WHOLE_MS = 300_000;
const SERVICES = ['gateway', 'ingestion', 'detection', 'evidence'] as const;

let collector: SpanReceiver;
let product: Product;
let seller: Browser;
let syncId: string;
const traceId = randomBytes(16).toString('hex');

const startedSchema = z.object({ syncId: z.string() });
const lineSchema = z.looseObject({ msg: z.string().optional(), traceId: z.string().optional() });

/** The lines that services have logged, as they came. */
function logLines(): string[] {
  const folder = join(product.stateDir, 'logs');
  const files = readdirSync(folder).filter((file) => SERVICES.some((name) => file.includes(name)));
  return files.flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'));
}

const ofTrace = (): readonly ReceivedSpan[] =>
  collector.spans.filter((span) => span.traceId === traceId);

async function scrape(service: string): Promise<readonly Series[]> {
  const port = product.operationsPorts.get(service);
  return parseScrape(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
}

describe('what operators see of a sync', { timeout: WHOLE_MS }, () => {
  beforeAll(async () => {
    collector = await openSpanReceiver();
    product = await startProduct({
      orders: 120,
      environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '200' },
    });
    seller = await signIn(product);
    await connectSeller(seller, SELLER);
    await syncUntilSettled(product, seller);
    const answer = await seller.request('/api/sync/start', {
      method: 'POST',
      headers: { traceparent: `00-${traceId}-${'1'.repeat(16)}-01` },
    });
    syncId = startedSchema.parse(await answer.json()).syncId;
    await followSync(seller, syncId);
    await waitForClaims(seller, syncId);
  }, WHOLE_MS);
  afterAll(async () => {
    await product[Symbol.asyncDispose]();
    await collector[Symbol.asyncDispose]();
  });

  it('is one trace, from the click through all services to the frames in the browser', async () => {
    const expected = [
      ['recoup-gateway', 'POST /api/sync/start'],
      ['recoup-gateway', 'append sync'],
      ['recoup-ingestion', 'process sync.requested'],
      ['recoup-ingestion', 'work on sync'],
      ['recoup-ingestion', 'wait for rate token'],
      ['recoup-ingestion', 'append sync'],
      ['recoup-detection', 'process sync.completed'],
      ['recoup-detection', 'work on detection'],
      ['recoup-detection', 'append detection'],
      ['recoup-gateway', 'fold read models'],
      ['recoup-gateway', 'deliver sync.completed'],
      ['recoup-gateway', 'write sse frame'],
    ] as const;
    await eventually(
      () => {
        const seen = new Set(ofTrace().map(({ service, name }) => `${service} ${name}`));
        expect(expected.filter(([service, name]) => !seen.has(`${service} ${name}`))).toEqual([]);
        return true;
      },
      { timeoutMs: 60_000 },
    );
    const names = ofTrace().map(({ name }) => name);
    expect(names).toContain('send EVENTS'); // by whichever service relays the seller's shard
    expect(names.some((name) => name.startsWith('spapi '))).toBe(true);
    expect(names.some((name) => name.startsWith('postgres '))).toBe(true);
  });

  it('is a tree: every span but the first has a parent in the same trace', async () => {
    const entry = '1'.repeat(16);
    await eventually(
      () => {
        const known = new Set([entry, ...ofTrace().map(({ spanId }) => spanId)]);
        const lost = ofTrace().filter(({ parentSpanId = '' }) => !known.has(parentSpanId));
        expect(lost.map(({ service, name }) => `${service} ${name}`)).toEqual([]);
        return true;
      },
      { timeoutMs: 60_000 },
    );
    const roots = ofTrace().filter(({ parentSpanId }) => parentSpanId === entry);
    expect(roots.map(({ name }) => name)).toEqual(['POST /api/sync/start']);
  });

  it('says nothing of tokens, secrets and addresses, in spans and in logs', () => {
    // Whose product it is, is told on purpose; the rest of the file opens doors.
    const { userId: _, ...secrets } = z
      .looseObject({ userId: z.string() })
      .parse(JSON.parse(readFileSync(join(product.stateDir, 'secrets.json'), 'utf8')));
    const canaries = [
      ...stringsIn(secrets).filter((text) => text.length >= 16),
      seller.cookie('session_token') ?? '',
      new URL(product.link).searchParams.get('token') ?? '',
      'Atza|',
      'Atzr|',
      'Bearer ',
      '?token=',
    ];
    const told = [...collector.bodies, ...logLines()].join('\n');
    expect(canaries.every((canary) => canary.length > 4)).toBe(true);
    expect(canaries.filter((canary) => told.includes(canary))).toEqual([]);
  });

  it('stands in the lines of its job, with the trace in which it was asked for', () => {
    const lines = logLines()
      .filter((line) => line.includes(syncId))
      .map((line) => lineSchema.parse(JSON.parse(line)));
    const ofJob = lines.filter(({ msg }) => msg === 'sync taken up' || msg === 'sync complete');
    expect(ofJob.length).toBeGreaterThanOrEqual(2);
    for (const line of ofJob) {
      expect(line).toMatchObject({ traceId, spanId: expect.any(String), sync: syncId });
      expect(line).toHaveProperty('correlationId');
    }
  });

  it('is in the figures of every service', async () => {
    const sums = new Map<string, number>();
    for (const service of SERVICES) {
      for (const { name, value } of await scrape(service)) {
        sums.set(name, (sums.get(name) ?? 0) + value);
      }
    }
    for (const name of [
      'recoup_http_request_duration_seconds_count',
      'recoup_appended_events_total',
      'recoup_relay_published_events_total',
      'recoup_consumer_events_total',
      'recoup_spapi_call_duration_seconds_count',
      'recoup_spapi_bucket_wait_seconds_count',
      'recoup_detection_duration_seconds_count',
      'recoup_projection_batch_duration_seconds_count',
      'recoup_claims',
    ]) {
      expect([name, sums.get(name) ?? 0]).toEqual([name, expect.toSatisfy((n: number) => n > 0)]);
    }
  });

  it('is what alerts and dashboard ask for: every metric, label and value is emitted', async () => {
    const series = (await Promise.all(SERVICES.map(scrape))).flat();
    const missing = expressions().flatMap(({ place, expr }) =>
      lacking(expr, series).map((lack) => `${place}: ${lack}`),
    );
    expect(missing).toEqual([]);
    const invented = 'sum by (nothing) (recoup_claims{status="x",tiers="auto"}) + recoup_unknown';
    expect(lacking(invented, series)).toEqual([
      'no recoup_claims{status="x"}',
      'no recoup_claims{tiers}',
      'no recoup_unknown',
      'no label nothing',
    ]);
  });

  it('of a request that went wrong, its line has the request and the trace', async () => {
    const other = randomBytes(16).toString('hex');
    const { state } = await seller.get(
      '/api/v1/integrations/amazon/auth/start',
      z.object({ state: z.string() }),
    );
    const goOn = product.holdRestarts();
    await product.kill('ingestion'); // who alone can redeem the consent
    const query = new URLSearchParams({ state, spapi_oauth_code: 'c', selling_partner_id: SELLER });
    const answer = await seller.request(
      `/api/v1/integrations/amazon/auth/callback?${query.toString()}`,
      { headers: { traceparent: `00-${other}-${'2'.repeat(16)}-01` } },
    );
    goOn();
    const line = await eventually(() => logLines().find((text) => text.includes(other)));
    expect(lineSchema.parse(JSON.parse(line))).toMatchObject({
      msg: 'connecting failed',
      traceId: other,
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
      requestId: answer.headers.get('x-request-id'),
    });
  });
});

/** What Prometheus itself puts on what it scrapes. */
const ADDED = ['job', 'instance', 'service'];

/** What an expression asks for that no service emits. */
function lacking(expr: string, emitted: readonly Series[]): readonly string[] {
  const known = new Set(ADDED);
  const missing: string[] = [];
  for (const { metric, labels } of askedIn(expr)) {
    const series = emitted.filter(({ name }) => name === metric);
    if (series.length === 0) missing.push(`no ${metric}`);
    for (const one of series) Object.keys(one.labels).forEach((label) => known.add(label));
    for (const [label, value] of series.length === 0 ? [] : labels) {
      if (!series.some((one) => label in one.labels)) missing.push(`no ${metric}{${label}}`);
      else if (value !== null && !series.some((one) => one.labels[label] === value)) {
        missing.push(`no ${metric}{${label}="${value}"}`);
      }
    }
  }
  const groups = groupedBy(expr).filter((label) => !known.has(label));
  return [...missing, ...groups.map((label) => `no label ${label}`)];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
