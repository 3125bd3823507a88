import { eventually } from '@recoup/testkit';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { sessionToken } from '../../services/gateway/src/testing/session-token.js';
import {
  allRecoveries,
  connectSeller,
  signIn,
  startProduct,
  syncUntilSettled,
  type Browser,
  type Product,
} from '../product/index.js';
import {
  readApiDescription,
  type ApiDescription,
  type DescribedOperation,
} from './api-description.js';
import { readContractPage, type ContractPage } from './contract-page.js';

/** The origin of a frontend that may call with credentials. It only has to be named: nothing listens there. */
export const FRONTEND = 'http://localhost:4999';

const SECRET = 'the secret with which the contract suite signs its sessions';
const ISSUER = 'https://id.contract.test';
const SELLER = 'A2HARBORPINE01';
const detectionsSchema = z.array(z.object({ detection_id: z.string() }));

/** The product with one seller who has synced, and what all parts of the suite ask it. */
export interface Suite extends AsyncDisposable {
  readonly product: Product;
  readonly api: ApiDescription;
  readonly page: ContractPage;
  readonly seller: Browser;
  /** The seller's session token. */
  readonly token: string;
  /** The seller's own ids, by what a path parameter stands for. */
  readonly ids: OwnIds;
  /** The token of a user whom nobody knows yet, with other claims where given. */
  newUser(claims?: Record<string, unknown>, options?: TokenOptions): Promise<string>;
}

export interface OwnIds {
  readonly sync: string;
  readonly claim: string;
  readonly detection: string;
  readonly document: string;
}

type TokenOptions = Parameters<typeof sessionToken>[1];

export async function openSuite(): Promise<Suite> {
  const product = await startProduct({
    orders: 200,
    environment: { CORS_ORIGINS: FRONTEND, SESSION_JWT_SECRET: SECRET, SESSION_ISSUER: ISSUER },
  });
  try {
    const seller = await signIn(product);
    await connectSeller(seller, SELLER);
    const sync = await syncUntilSettled(product, seller);
    const [claim] = await allRecoveries(seller);
    const [latest] = await seller.get('/api/detections/results', detectionsSchema);
    return {
      product,
      seller,
      api: await readApiDescription(product.origin),
      page: await readContractPage(),
      token: seller.cookie('session_token') ?? '',
      ids: {
        sync,
        claim: claim?.id ?? '',
        detection: latest?.detection_id ?? '',
        document: await givenDocument(product.origin, seller.cookie('session_token') ?? ''),
      },
      newUser: (claims = {}, options = {}) =>
        sessionToken(
          { sub: `user-${randomUUID()}`, iss: ISSUER, ...claims },
          { secret: SECRET, ...options },
        ),
      [Symbol.asyncDispose]: () => product[Symbol.asyncDispose](),
    };
  } catch (error) {
    await product[Symbol.asyncDispose]();
    throw error;
  }
}

const uploadedSchema = z.object({ documents: z.array(z.object({ id: z.string() })).length(1) });

/** A document that the seller has given. */
async function givenDocument(origin: string, token: string): Promise<string> {
  const body = new FormData();
  const bytes = [
    '%PDF-1.7',
    '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
    '2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj',
    '3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >> endobj',
    'trailer << /Root 1 0 R >>',
    '%%EOF',
  ].join('\n');
  body.append('files', new Blob([bytes]), 'invoice.pdf');
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${origin}/api/documents/upload`, { method: 'POST', body, headers });
  const id = uploadedSchema.parse(await answer.json()).documents[0]?.id ?? '';
  // It is shown once it was looked into.
  await eventually(async () => {
    const view = await fetch(`${origin}/api/documents/${id}/view`, { headers });
    return view.status === 200;
  });
  return id;
}

/** What each kind of path parameter stands for. A route with a new kind is added here. */
const KINDS: readonly (readonly [RegExp, keyof OwnIds])[] = [
  [/:syncId/, 'sync'],
  [/^\/api\/(recoveries|claims)\/:id/, 'claim'],
  [/^\/api\/documents\/:id/, 'document'],
  [/^\/api\/detections\/status\/:id/, 'detection'],
];

/** What a query parameter that must be there is given. A route with a new one is added here. */
const QUERY: Readonly<Record<string, string>> = { provider: 'amazon', token: 'x' };

/** The address of an operation, about what the ids name. Throws for a parameter that is not known here. */
export function addressOf({ path, requiredQuery }: DescribedOperation, ids: OwnIds): string {
  const unknown = (what: string): Error =>
    new Error(`tests/contract/suite.ts does not know ${what} of ${path}`);
  const query = requiredQuery.map((name) => {
    const value = QUERY[name];
    if (value === undefined) throw unknown(`?${name}=`);
    return `${name}=${value}`;
  });
  const address = path.replace(/:\w+/, (parameter) => {
    const kind = KINDS.find(([shape]) => shape.test(path))?.[1];
    if (!kind) throw unknown(parameter);
    return ids[kind];
  });
  return query.length > 0 ? `${address}?${query.join('&')}` : address;
}

/** The body that the page shows for an operation; none where it takes none. */
export function bodyFor({ page }: Suite, { name, takesBody }: DescribedOperation): unknown {
  if (!takesBody) return undefined;
  const route = page.routes.find(({ operations }) => operations.includes(name));
  return route?.examples.find(({ kind }) => kind === 'body')?.value;
}
