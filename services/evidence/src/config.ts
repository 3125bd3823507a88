import { answerDays, sellerDefaults } from '@recoup/service-kit';
import { storageSettings } from '@recoup/storage';
import { documentKeySettings } from '@recoup/vault';
import { z } from 'zod';

/**
 * Where approved claims go: to an operator's queue, by call to the simulated case desk, or handed over to a case desk of the
 * seller's by webhook.
 */
const channels = ['queue', 'sandbox', 'webhook'] as const;

/** `whsec_` and 24 to 64 bytes in base64: the key of Standard Webhooks' symmetric signatures. */
function isWebhookSecret(secret: string): boolean {
  const [, key = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const bytes = Buffer.from(key, 'base64').length;
  return bytes >= 24 && bytes <= 64;
}

/** The settings of the evidence service, beside those that every service has. */
export const evidenceSettings = z
  .object({
    CLAIM_SUBMISSION: z.enum(channels, 'must be queue, sandbox or webhook').default('queue'),
    /** Where cases are filed: `POST <url>/cases`. Needed for `sandbox` only. */
    CASE_DESK_URL: z.url({ protocol: /^https?$/ }).optional(),
    ...answerDays,
    ...storageSettings,
    ...documentKeySettings,
    /** Looks for malware in what sellers give: clamd, `tcp://host:port`. Unset: files are told by type and structure alone. */
    MALWARE_SCAN_URL: z.url({ protocol: /^tcp$/ }).optional(),
    /** Where claims are handed over, and the secret that signs them. Needed for `webhook` only. */
    WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
    WEBHOOK_SECRET: z
      .string()
      .refine(isWebhookSecret, 'must be whsec_ and 24 to 64 bytes in base64')
      .optional(),
    /** `on`: the webhook may be plain HTTP and on this machine or in its network. */
    WEBHOOK_LOCAL: z.enum(['on', 'off']).default('off'),
    ...sellerDefaults,
    /** How long a filing belongs to a worker that is not heard of, in seconds. Calls end well before. */
    FILING_LEASE_SECONDS: z.coerce.number().int().min(1).max(600).default(10),
  })
  .refine(({ STORAGE_URL: url, DOCUMENT_ENCRYPTION_KEY: key }) => !url === !key, {
    path: ['DOCUMENT_ENCRYPTION_KEY'],
    error: 'and STORAGE_URL are needed together',
  })
  .superRefine((settings, context) => {
    const missing = needed[settings.CLAIM_SUBMISSION].filter(
      (name) => settings[name] === undefined,
    );
    for (const name of missing) {
      const message = `is needed when CLAIM_SUBMISSION is ${settings.CLAIM_SUBMISSION}`;
      context.addIssue({ code: 'custom', path: [name], message });
    }
    const { WEBHOOK_LOCAL, WEBHOOK_URL = '' } = settings;
    if (WEBHOOK_LOCAL === 'off' && WEBHOOK_URL.startsWith('http:')) {
      context.addIssue({ code: 'custom', path: ['WEBHOOK_URL'], message: 'must be https' });
    }
  });
export type EvidenceSettings = z.infer<typeof evidenceSettings>;

const needed = {
  queue: [],
  sandbox: ['CASE_DESK_URL'],
  webhook: ['WEBHOOK_URL', 'WEBHOOK_SECRET'],
} as const satisfies Record<(typeof channels)[number], readonly string[]>;
