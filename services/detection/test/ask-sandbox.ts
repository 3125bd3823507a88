import { gunzipSync } from 'node:zlib';
import { eventually } from '@recoup/testkit';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Row } from './sandbox-rows.js';

/** The application as which the simulated Amazon is asked. */
export const CLIENT = { LWA_CLIENT_ID: 'client', LWA_CLIENT_SECRET: 'secret' };

export async function accessToken(origin: string, id: string): Promise<string> {
  const door = await json(`${origin}/sandbox/sellers/${id}/refresh-token`);
  const { refreshToken } = z.object({ refreshToken: z.string() }).parse(door);
  const grant = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: CLIENT.LWA_CLIENT_ID,
    client_secret: CLIENT.LWA_CLIENT_SECRET,
  };
  const answer = await json(`${origin}/auth/o2/token`, {
    method: 'POST',
    body: new URLSearchParams(grant),
  });
  return z.object({ access_token: z.string() }).parse(answer).access_token;
}

export function headersOf(token: string): Record<string, string> {
  return {
    'x-amz-access-token': token,
    'user-agent': 'Recoup/0.1 (Language=TypeScript)',
    'content-type': 'application/json',
  };
}

export async function readReport(
  origin: string,
  token: string,
  { reportType, marketplaceIds }: { reportType: string; marketplaceIds: readonly string[] },
): Promise<readonly Row[]> {
  const headers = headersOf(token);
  const { now } = z.object({ now: z.string() }).parse(await json(`${origin}/sandbox/clock`));
  const dataStartTime = new Date(Date.parse(now) - DAYS_READ * DAY_MS).toISOString();
  const dataEndTime = new Date(Date.parse(now) - 1_000).toISOString();
  const asked = { reportType, marketplaceIds, dataStartTime, dataEndTime };
  const created = await json(`${origin}/reports/2021-06-30/reports`, {
    method: 'POST',
    headers,
    body: JSON.stringify(asked),
  });
  const { reportId } = z.object({ reportId: z.string() }).parse(created);
  const documentId = await eventually(async () => {
    const seen = reportSchema.parse(
      await json(`${origin}/reports/2021-06-30/reports/${reportId}`, { headers }),
    );
    return seen.processingStatus === 'CANCELLED' ? WITHOUT_DATA : seen.reportDocumentId;
  });
  if (documentId === WITHOUT_DATA) return [];
  const document = await json(`${origin}/reports/2021-06-30/documents/${documentId}`, { headers });
  const { url } = z.object({ url: z.string() }).parse(document);
  const bytes = gunzipSync(Buffer.from(await (await fetch(url)).arrayBuffer()));
  const quoted = reportType.startsWith('GET_LEDGER');
  return parse(bytes.toString(quoted ? 'utf8' : 'latin1'), {
    columns: (names: string[]) => names.map(columnOf),
    delimiter: '\t',
    ...(quoted ? {} : { quote: false }),
  });
}

const WITHOUT_DATA = 'without data';
const reportSchema = z.object({
  processingStatus: z.string(),
  reportDocumentId: z.string().optional(),
});

/** More than the world holds before its first day. */
export const DAYS_READ = 460;
const DAY_MS = 86_400_000;

export async function json(url: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** However a column is spelled, in words, with hyphens or with underscores. */
function columnOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
}
