import { messageOf } from '@recoup/kernel';
import { answerSchemas } from '../amazon/answer-schemas.js';
import { AmazonCallFailed, RateLimitExceeded } from '../amazon/errors.js';
import type { OperationName } from '../amazon/operations.js';
import type { Caller } from '../amazon/rate-limiter.js';
import type { SpApiClient } from '../amazon/sp-api-client.js';
import type { Finding } from './finding.js';
import { probes, type ProbeContext } from './probes.js';
import type { StatedLimits } from './stated-limits.js';

export interface Trying {
  readonly client: SpApiClient;
  readonly caller: Caller;
  readonly limits: StatedLimits;
  /** Amazon's static sandbox answers only the calls that it knows. */
  readonly staticSandbox: boolean;
  /** Whether a call that makes something at Amazon may be made. */
  readonly mayWrite: boolean;
}

/** What came of a call, and Amazon's answer where it is one. */
export interface Tried {
  readonly finding: Finding;
  readonly answer: unknown;
}

/** Makes the one call of an operation. Throws nothing: whatever happens is what was to be found out. */
export async function tryOperation(
  { client, caller, limits, staticSandbox, mayWrite }: Trying,
  operation: OperationName,
  context: ProbeContext,
): Promise<Tried> {
  const probe = probes[operation];
  const finding = (found: Pick<Finding, 'state'> & Partial<Finding>): Finding => ({
    operation,
    roles: [],
    words: '',
    rateLimit: limits.of(operation),
    ...found,
  });
  const asked = staticSandbox ? (probe.canned ?? probe.live(context)) : probe.live(context);
  if (probe.untried !== undefined) {
    return { finding: finding({ state: 'not_tried', words: probe.untried }), answer: null };
  }
  if (probe.writes && !mayWrite) {
    const words = 'it would ask Amazon for a report; --with-report does so';
    return { finding: finding({ state: 'not_tried', words }), answer: null };
  }
  if (asked === null) {
    const words = 'no marketplace of the seller is known';
    return { finding: finding({ state: 'not_tried', words }), answer: null };
  }
  try {
    const answer: unknown = await client.call(
      caller,
      { operation, ...asked },
      answerSchemas[operation],
    );
    return { finding: finding({ state: 'works' }), answer };
  } catch (error) {
    return { finding: finding(failureOf(error, operation, context)), answer: null };
  }
}

type Failure = Pick<Finding, 'state' | 'words'> & Partial<Finding>;

function failureOf(error: unknown, operation: OperationName, context: ProbeContext): Failure {
  const words = messageOf(error).replace(`${operation}: `, '');
  if (error instanceof RateLimitExceeded) return { state: 'limited', words };
  if (!(error instanceof AmazonCallFailed)) return { state: 'failed', words };
  const { status, requestId } = error.refusal;
  if (status === 403) {
    return { state: 'refused', words: withId(words, requestId), roles: probes[operation].roles };
  }
  const missing = status === 400 || status === 404;
  if (missing && looksForNothing(operation, context)) return { state: 'allowed', words: '' };
  return { state: 'failed', words: withId(words, requestId) };
}

/** What the check has none of it asks for all the same: only a refusal would tell something else than that it is not there. */
function looksForNothing(operation: OperationName, context: ProbeContext): boolean {
  const none = ['getOrderItems', 'getMyFeesEstimates', 'getShipmentItemsByShipmentId'];
  if (none.includes(operation)) return true;
  if (operation === 'getReport') return context.reportId === null;
  return operation === 'getReportDocument' && context.reportDocumentId === null;
}

/** Amazon's support asks for it. */
function withId(words: string, requestId: string | null): string {
  return requestId === null ? words : `${words} [request ${requestId}]`;
}
