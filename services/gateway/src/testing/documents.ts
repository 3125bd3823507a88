import { streams } from '@recoup/contracts';
import {
  documentState,
  fromCommand,
  isRejection,
  recordReading,
  type DocumentState,
} from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import type { Answer } from './client.js';
import type { User } from './gateway-under-test.js';

/** A PDF of its own, by what it says. */
export const pdf = (text: string): Buffer =>
  Buffer.from(`%PDF-1.7\n% ${text}\ntrailer << >>\n%%EOF`);

export type Sent = readonly [name: string, bytes: Buffer];

export function send(
  user: User,
  files: readonly Sent[],
  options: { to?: string; key?: string } = {},
): Promise<Answer> {
  const body = new FormData();
  for (const [name, bytes] of files) body.append('files', new Blob([new Uint8Array(bytes)]), name);
  const headers = options.key === undefined ? {} : { 'idempotency-key': options.key };
  const path = options.to
    ? `/api/recoveries/${options.to}/documents/upload`
    : '/api/documents/upload';
  return user.post(path, { body, headers });
}

export function idsIn({ body }: Answer): string[] {
  return (body['documents'] as { id: string }[]).map(({ id }) => id);
}

export async function uploaded(user: User, text: string, to?: string): Promise<string> {
  const answer = await send(user, [[`${text}.pdf`, pdf(text)]], to === undefined ? {} : { to });
  if (answer.status !== 200) throw new Error(answer.text);
  return idsIn(answer)[0] ?? '';
}

async function stateOf(store: EventStore, { tenantId }: User, id: string): Promise<DocumentState> {
  const state = documentState(await store.readStream(tenantId, streams.document(id)));
  if (!state) throw new Error(`no document ${id}`);
  return state;
}

export const line = {
  sku: 'MUG-BLUE',
  fnsku: null,
  asin: null,
  description: null,
  quantity: 120,
  unitCost: '3.40',
};
export const fields = {
  number: 'R-77',
  issuedOn: '2026-08-03',
  currency: 'EUR',
  supplier: { name: 'Keramik Nord GmbH', address: 'Hamburg' },
  buyer: { name: 'Harbor Pine LLC', address: 'Seattle' },
  lines: [line],
};

/** What evidence would append once it has read the file. */
export async function readFile(
  store: EventStore,
  user: User,
  { id, kind = 'invoice' }: { readonly id: string; readonly kind?: 'invoice' | 'pro_forma' },
): Promise<void> {
  const state = await stateOf(store, user, id);
  const found = { kind: { page: 1, line: 1, text: 'Proforma' } };
  const reading = { fileId: state.fileId, kind, pages: 1, fields, found, remarks: [] };
  const events = recordReading(state, reading, fromCommand('service:evidence', new Date()));
  if (isRejection(events)) throw new Error(events.message);
  const streamId = streams.document(id);
  const { tenantId } = user;
  await store.append({ tenantId, streamId, expected: state.version, events });
}

export const word = { kind: 'invoice', fields };

export function json(body: unknown): RequestInit {
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}
