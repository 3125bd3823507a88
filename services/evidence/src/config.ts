import { storageSettings } from '@recoup/storage';
import { z } from 'zod';

/** Where approved claims go: to an operator's queue, or by call to the simulated case desk. */
const channels = ['queue', 'sandbox'] as const;

const claimSubmission = z
  .string()
  .default('queue')
  .superRefine((value, context) => {
    if (value === 'webhook') {
      context.addIssue('webhook is not available in this version; use queue or sandbox');
    } else if (!channels.some((channel) => channel === value)) {
      context.addIssue('must be queue or sandbox');
    }
  })
  .transform((value) => value as (typeof channels)[number]);

/** The settings of the evidence service, beside those that every service has. */
export const evidenceSettings = z
  .object({
    CLAIM_SUBMISSION: claimSubmission,
    /** Where cases are filed: `POST <url>/cases`. Needed for `sandbox` only. */
    CASE_DESK_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** Whole units of the claim's own currency; a claim worth more is filed only after a person approved it. */
    CLAIM_APPROVAL_LIMIT: z.coerce.number().int().nonnegative().default(500),
    /** Days after filing on which an answer of Amazon is no longer expected: the claim then waits for a person. */
    CLAIM_ANSWER_DAYS: z.coerce.number().int().min(1).max(365).default(60),
    ...storageSettings,
    /** Looks for malware in what sellers give: clamd, `tcp://host:port`. Unset: files are told by type and structure alone. */
    MALWARE_SCAN_URL: z.url({ protocol: /^tcp$/ }).optional(),
    /** How long a filing belongs to a worker that is not heard of, in seconds. Calls end well before. */
    FILING_LEASE_SECONDS: z.coerce.number().int().min(1).max(600).default(10),
  })
  .superRefine((settings, context) => {
    if (settings.CLAIM_SUBMISSION === 'sandbox' && settings.CASE_DESK_URL === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['CASE_DESK_URL'],
        message: 'is needed when CLAIM_SUBMISSION is sandbox',
      });
    }
  });
export type EvidenceSettings = z.infer<typeof evidenceSettings>;
