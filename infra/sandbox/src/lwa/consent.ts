import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Deps } from '../deps.js';
import { SELLER_ID } from '../world/sellers.js';
import { consentPage, refusalPage, type ConsentRequest } from './consent-page.js';

const askedSchema = z.object({
  application_id: z.string().min(1).max(200),
  state: z.string().max(2_000).default(''),
  redirect_uri: z.string().max(2_000),
});
const decisionSchema = askedSchema.extend({
  decision: z.enum(['approve', 'deny']),
  seller: z.string().default(''),
  other_seller: z.string().default(''),
});

/** `GET` and `POST /apps/authorize/consent`: the seller says yes or no, and is sent back to the application. */
export function consent(app: FastifyInstance, deps: Deps): void {
  app.get('/apps/authorize/consent', (request, reply) => {
    const asked = readAsked(askedSchema, request.query);
    return 'problem' in asked ? refuse(reply, asked.problem) : show(reply, asked);
  });
  app.post('/apps/authorize/consent', (request, reply) => {
    const decided = readAsked(decisionSchema, request.body);
    if ('problem' in decided) return refuse(reply, decided.problem);
    const { application_id, state, redirect_uri, decision } = decided;
    if (decision === 'deny') {
      const error_description = 'The seller declined the authorization.';
      return sendBack(reply, redirect_uri, { state, error: 'access_denied', error_description });
    }
    const seller = decided.other_seller.trim() || decided.seller;
    if (!SELLER_ID.test(seller)) {
      const problem = 'A seller id is an A followed by 9 to 15 digits and capital letters.';
      return show(reply.status(400), { application_id, state, redirect_uri }, problem);
    }
    const spapi_oauth_code = deps.grants.code(seller, redirect_uri);
    return sendBack(reply, redirect_uri, { state, selling_partner_id: seller, spapi_oauth_code });
  });
}

function readAsked<T extends { redirect_uri: string }>(
  schema: z.ZodType<T>,
  given: unknown,
): T | { problem: string } {
  const read = schema.safeParse(given);
  if (!read.success) {
    const names = read.error.issues.map(({ path }) => path.join('.')).join(', ');
    return { problem: `Missing or invalid: ${names || 'the form'}` };
  }
  return isLocal(read.data.redirect_uri)
    ? read.data
    : { problem: 'The redirect_uri must be on localhost or 127.0.0.1.' };
}

/** A simulated Amazon sends people nowhere but to their own machine. */
function isLocal(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  const local = hostname === 'localhost' || hostname === '127.0.0.1';
  return local && /^https?:$/.test(protocol) && username === '' && password === '';
}

function sendBack(reply: FastifyReply, to: string, parameters: Record<string, string>) {
  const address = new URL(to);
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return guarded(reply).redirect(address.href, 302);
}

function show(reply: FastifyReply, asked: ConsentRequest, problem?: string) {
  const { application_id, state, redirect_uri } = asked;
  const page = consentPage({ application_id, state, redirect_uri }, problem);
  return guarded(reply).type('text/html; charset=utf-8').send(page);
}

function refuse(reply: FastifyReply, problem: string) {
  return guarded(reply.status(400)).type('text/html; charset=utf-8').send(refusalPage(problem));
}

/** The address of this page holds the state and that of the next one the code: neither may reach a third party. */
function guarded(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // Browsers hold the redirect that follows a form to form-action as well.
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; " +
      "form-action 'self' http://localhost:* http://127.0.0.1:* https://localhost:* https://127.0.0.1:*",
  });
}
