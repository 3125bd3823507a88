import { z } from 'zod';
import { OPERATIONS } from './rates.js';

/** What can be made to fail beside the operations of the API. */
const OTHER_PLACES = ['token', 'document', 'createCase'] as const;

const ONLY_AT = {
  fatal: 'createReport',
  cancelled: 'createReport',
  expired_document: 'getReportDocument',
  drop_after_accept: 'createCase',
} as const;

/** A failure to come: the next `times` calls of an operation (of one seller, if said). */
export const faultSchema = z
  .strictObject({
    operation: z.enum([...OPERATIONS, ...OTHER_PLACES]),
    status: z.int().min(400).max(599).optional(),
    mode: z
      .enum(['reset', 'timeout', 'fatal', 'cancelled', 'expired_document', 'drop_after_accept'])
      .optional(),
    times: z.int().positive().default(1),
    sellerId: z.string().optional(),
  })
  .refine((fault) => (fault.status === undefined) !== (fault.mode === undefined), {
    message: 'give either a status or a mode',
  })
  .refine(
    ({ mode, operation }) =>
      mode === undefined || mode === 'reset' || mode === 'timeout' || ONLY_AT[mode] === operation,
    { message: 'this mode belongs to another operation' },
  );

export type Fault = z.infer<typeof faultSchema>;
export type FaultMode = NonNullable<Fault['mode']>;

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** The failure of this call as a whole, used up by being asked for. */
  ofCall(
    operation: string,
    sellerId: string,
  ): { status: number } | { mode: 'reset' | 'timeout' } | undefined;
  /** Whether something the call sets off is to end in one of these ways. */
  ofEffect<M extends FaultMode>(
    operation: string,
    sellerId: string,
    modes: readonly M[],
  ): M | undefined;
}

export function faults(): Faults {
  let pending: { fault: Fault; left: number }[] = [];
  const take = (operation: string, sellerId: string, matches: (fault: Fault) => boolean) => {
    const found = pending.find(
      ({ fault }) =>
        fault.operation === operation &&
        (fault.sellerId === undefined || fault.sellerId === sellerId) &&
        matches(fault),
    );
    if (!found) return undefined;
    found.left -= 1;
    pending = pending.filter(({ left }) => left > 0);
    return found.fault;
  };
  return {
    add: (fault) => void pending.push({ fault, left: fault.times }),
    clear: () => void (pending = []),
    ofCall: (operation, sellerId) => {
      const fault = take(operation, sellerId, isOfCall);
      if (fault?.status !== undefined) return { status: fault.status };
      if (fault?.mode === 'reset' || fault?.mode === 'timeout') return { mode: fault.mode };
      return undefined;
    },
    ofEffect: (operation, sellerId, modes) => {
      const fault = take(operation, sellerId, ({ mode }) => modes.some((one) => one === mode));
      return modes.find((one) => one === fault?.mode);
    },
  };
}

function isOfCall({ status, mode }: Fault): boolean {
  return status !== undefined || mode === 'reset' || mode === 'timeout';
}
