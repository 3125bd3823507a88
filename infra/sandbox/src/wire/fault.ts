import { z } from 'zod';
import { OPERATIONS } from './rates.js';

/** What can be made to fail beside the operations of the API. */
const OTHER_PLACES = ['token', 'document', 'createCase'] as const;

/** The call gets no answer. */
export const NO_ANSWER = ['reset', 'timeout'] as const;
/** The answer does not arrive whole, or not soon. */
export const BODIES = ['reset_body', 'slow_body', 'truncated'] as const;
/** A later page of a list is not what it should be. */
export const PAGES = ['repeated_page', 'empty_page', 'expired_page'] as const;
/** What a call sets off ends in another way. */
const EFFECTS = [
  'fatal',
  'cancelled',
  'expired_document',
  'drop_after_accept',
  'service_error',
] as const;

export const MODES = [...NO_ANSWER, ...BODIES, ...PAGES, ...EFFECTS] as const;
export type FaultMode = (typeof MODES)[number];
export type Place = (typeof OPERATIONS)[number] | (typeof OTHER_PLACES)[number];

/** How a report ends without a document. */
export const FATES = ['fatal', 'cancelled'] as const;

function isFate(mode: FaultMode | undefined): boolean {
  return FATES.some((fate) => fate === mode);
}

const PLACES: readonly Place[] = [...OPERATIONS, ...OTHER_PLACES];

/** Where each mode can happen. A page fault waits for a call that goes on with a page token. */
const WHERE: Readonly<Record<FaultMode, readonly Place[]>> = {
  reset: PLACES,
  timeout: PLACES,
  reset_body: [...OPERATIONS, 'document'],
  slow_body: [...OPERATIONS, 'document'],
  truncated: ['document'],
  repeated_page: OPERATIONS,
  empty_page: OPERATIONS,
  expired_page: OPERATIONS,
  fatal: ['createReport'],
  cancelled: ['createReport'],
  expired_document: ['getReportDocument'],
  drop_after_accept: ['createCase'],
  service_error: ['getMyFeesEstimates'],
};

/** A failure to come: of the next `times` calls of an operation (of one seller, if said), or of a share of them. */
export const faultSchema = z
  .strictObject({
    operation: z.enum([...OPERATIONS, ...OTHER_PLACES]),
    status: z.int().min(400).max(599).optional(),
    mode: z.enum(MODES).optional(),
    /** How often it happens: until it is taken back, with `always`. */
    times: z.union([z.int().positive(), z.literal('always')]).default(1),
    sellerId: z.string().optional(),
    /** Strikes only reports of this type; those of others are made. */
    reportType: z.string().optional(),
    /** Chance of each call it could happen to, drawn from the seed: the same calls fail whenever it is ordered again. */
    probability: z.number().positive().max(1).default(1),
    seed: z.int().nonnegative().default(0),
    /** How long a slow body takes, in real seconds. */
    seconds: z.number().positive().max(600).default(2),
  })
  .refine((fault) => (fault.status === undefined) !== (fault.mode === undefined), {
    message: 'give either a status or a mode',
  })
  .refine(({ mode, operation }) => mode === undefined || WHERE[mode].includes(operation), {
    message: 'this mode belongs to another operation',
  })
  .refine(
    ({ reportType, operation, status, mode }) =>
      reportType === undefined ||
      (operation === 'createReport' && (status !== undefined || isFate(mode))),
    { message: 'a report type belongs to a status or the end of createReport' },
  );

export type Fault = z.infer<typeof faultSchema>;
/** A fault as it is ordered, with what is not said left out. */
export type FaultOrder = z.input<typeof faultSchema>;
