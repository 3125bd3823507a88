import { DAILY, isSyncSchedule, NOT_A_SCHEDULE } from '@recoup/domain';
import { retentionSettings } from '@recoup/service-kit';
import { encryptionKeySettings } from '@recoup/vault';
import { z } from 'zod';

const origin = z.url({ protocol: /^https?$/ });

/** The settings of this service, beside those that every service has. */
export const ingestionSettings = z.object({
  /** Unset: Amazon's host of the seller's region. */
  SPAPI_ENDPOINT: origin.optional(),
  LWA_ENDPOINT: origin.default('https://api.amazon.com/auth/o2/token'),
  LWA_CLIENT_ID: z.string().min(1),
  LWA_CLIENT_SECRET: z.string().min(1),
  ...encryptionKeySettings,
  /** How many times Amazon's published rate applies; above 1 only at a simulation. */
  SPAPI_RATE_SCALE: z.coerce.number().positive().default(1),
  SYNC_ROUTE: z.enum(['auto', 'api', 'reports', 'v0']).default('auto'),
  /** `on`: buyers and recipients are asked for (a restricted role at Amazon) and kept sealed until their day. */
  SYNC_BUYER_INFO: z.enum(['off', 'on']).default('off'),
  /**
   * Syncs at the same time in a process: most of them wait for Amazon, which costs little. A sync has up to 7 windows open
   * that come by pages (4 of orders, 2 of transactions, 1 of inventory), each with at most 2,000 facts of a kind in memory:
   * 16 workers hold at most 224,000 of a kind. Documents of reports are read four at a time in a process, whatever this is.
   */
  SYNC_WORKERS: z.coerce.number().int().min(1).max(256).default(16),
  /** So long a sync may go on while others wait for a worker. */
  SYNC_TURN_SECONDS: z.coerce.number().min(1).max(3600).default(60),
  SYNC_LEASE_SECONDS: z.coerce.number().min(1).max(600).default(10),
  /**
   * Days for which ended syncs are remembered. What they have closed is what the next one need not read, of the twelve months
   * that it looks back on: with less than those it would read again what it has.
   */
  SYNC_KEEP_DAYS: z.coerce.number().int().min(400).max(36_500).default(400),
  ...retentionSettings,
  /** Of who has chosen none: five cron fields in UTC, or `off`. The gateway needs the same, to say when it is due. */
  SYNC_SCHEDULE: z.string().default(DAILY).refine(isSyncSchedule, NOT_A_SCHEDULE),
});
export type IngestionSettings = z.infer<typeof ingestionSettings>;
