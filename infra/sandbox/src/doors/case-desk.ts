import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Deps } from '../deps.js';
import { applyFault } from '../wire/apply-fault.js';
import { answerAt } from '../outcomes/case-answer.js';
import { SELLER_ID } from '../world/sellers.js';
import type { CaseStore, FiledCase } from './case-store.js';

const bodySchema = z.looseObject({
  sellerId: z.string().min(1),
  claimId: z.string().min(1),
  subtype: z.string().min(1),
  fnsku: z.string().min(1),
  quantity: z.int().positive(),
  text: z.string().min(1),
});

/** Stands in for the desk where sellers open cases by hand: no operation of Amazon's files a claim. */
export function caseDesk(app: FastifyInstance, deps: Deps, cases: CaseStore): void {
  app.post('/case-desk/cases', async (request, reply) => {
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || key === '') {
      return reply.status(400).send({ code: 'missing_idempotency_key' });
    }
    const body = bodySchema.safeParse(request.body);
    if (!body.success) {
      return reply.status(400).send({ code: 'invalid_case', message: z.prettifyError(body.error) });
    }
    const { sellerId } = body.data;
    deps.calls.count('createCase', sellerId);
    const failed = applyFault(deps, { request, reply, operation: 'createCase', sellerId });
    if (failed) return failed;
    const filing = await cases.file({ key, sellerId, request: body.data, at: deps.clock.now() });
    if (filing.outcome === 'other_body') {
      return reply.status(409).send({ code: 'idempotency_key_reused' });
    }
    if (deps.faults.ofEffect('createCase', sellerId, ['drop_after_accept'])) {
      reply.hijack();
      request.raw.socket.resetAndDestroy();
      return reply;
    }
    return reply
      .status(filing.outcome === 'filed' ? 201 : 200)
      .send({ caseId: filing.filed.caseId, createdAt: filing.filed.createdAt });
  });
  app.get('/case-desk/cases/:caseId', async (request, reply) => {
    const { caseId } = z.object({ caseId: z.string() }).parse(request.params);
    const filed = cases.all().find((one) => one.caseId === caseId);
    if (!filed) return reply.status(404).send({ code: 'no_such_case' });
    const { sellerId } = filed;
    const worked = await workedCase(deps, filed);
    const answer = worked ? answerAt(worked, deps.clock.now().getTime()) : { status: 'open' };
    return { caseId, sellerId, createdAt: filed.createdAt, ...answer };
  });
  app.get('/case-desk/cases', (request) => {
    const { idempotencyKey } = z
      .object({ idempotencyKey: z.string().optional() })
      .parse(request.query);
    const all = cases.all();
    const wanted = all.filter((filed) => filed.idempotencyKey === idempotencyKey);
    return { cases: idempotencyKey === undefined ? all : wanted };
  });
}

/** A case with what follows from it; undefined where it is about nothing that exists. */
async function workedCase({ worlds }: Deps, { sellerId, caseId }: FiledCase) {
  if (!SELLER_ID.test(sellerId)) return undefined;
  const { worked } = await worlds.deskOf(sellerId);
  return worked.find(({ filed }) => filed.caseId === caseId);
}
