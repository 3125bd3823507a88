import { filesWanted, openPrompt, type ClaimAction, type ClaimState } from '@recoup/domain';
import { z } from 'zod';
import { FILES_FORM } from '../http/upload-files.js';
import type { Surroundings } from '../reads/claim-surroundings.js';
import { answerForm } from '../reads/read-answer.js';
import {
  assertionSchema,
  dismissalSchema,
  filedSchema,
  outcomeSchema,
} from './claim-command-bodies.js';

/** A command that would be accepted now, with all that a client needs to send it. */
export const offerSchema = z.object({
  action: z.string(),
  method: z.literal('POST'),
  path: z.string(),
  /** Null: it needs no body. */
  contentType: z.enum(['application/json', 'multipart/form-data']).nullable(),
  /** JSON Schema of the body; null where it needs none. */
  body: z.record(z.string(), z.unknown()).nullable(),
  /** The types of documents that would bring the claim on, the one that is asked for first; empty but for `upload`. */
  documentTypes: z.array(z.string()),
});
type Offer = z.infer<typeof offerSchema>;

type Form = Pick<Offer, 'contentType' | 'body'>;

/** What can be done to a claim now. */
export function offersOf(claim: ClaimState, around: Surroundings): Offer[] {
  return around.actionsOf(claim).map((action) => ({
    action,
    method: 'POST',
    path: pathOf(action, claim),
    ...FORMS[action](claim),
    documentTypes: action === 'upload' ? [...filesWanted(claim, around.todayOf(claim))] : [],
  }));
}

function pathOf(action: ClaimAction, { claimId }: ClaimState): string {
  if (action === 'assert') return '/api/recoveries';
  return `/api/recoveries/${claimId}/${action === 'upload' ? 'documents/upload' : action}`;
}

const NONE: Form = { contentType: null, body: null };

const FORMS: Readonly<Record<ClaimAction, (claim: ClaimState) => Form>> = {
  answer: (claim) => json(answerOf(claim)),
  upload: () => ({ contentType: 'multipart/form-data', body: FILES_FORM }),
  approve: () => NONE,
  submit: () => NONE,
  resubmit: () => NONE,
  assert: (claim) => json(schemaOf(assertionSchema), toldOf(claim)),
  filed: () => json(schemaOf(filedSchema)),
  outcome: () => json(schemaOf(outcomeSchema)),
  dismiss: () => json(schemaOf(dismissalSchema)),
};

type JsonSchema = Readonly<Record<string, unknown>>;

/** `example` is a body that names the claim. */
function json(schema: JsonSchema, example?: object): Form {
  const body = example === undefined ? schema : { ...schema, examples: [example] };
  return { contentType: 'application/json', body };
}

function answerOf(claim: ClaimState): JsonSchema {
  const prompt = openPrompt(claim);
  if (!prompt) throw new Error('an answer is offered only to an open question');
  const { schema, expected } = answerForm(prompt);
  return {
    type: 'object',
    required: ['answer'],
    properties: {
      answer: { ...schemaOf(schema), description: expected },
      promptId: { const: prompt.id },
    },
  };
}

/** What was told of the loss before: told again with another number of units, the later word stands. */
function toldOf({ subtype, subject, assessment }: ClaimState): object {
  const { orderId, removalOrderId, sku } = subject;
  return { subtype, orderId, removalOrderId, sku, quantity: assessment.quantity };
}

/** As a client sends it; the dialect is that of OpenAPI 3.1, and not said each time. */
function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}
