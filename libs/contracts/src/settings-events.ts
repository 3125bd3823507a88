import { z } from 'zod';
import { activityKindSchema } from './activity-kinds.js';
import { daySchema, instantSchema } from './money.js';

/** How fast claims of a seller may leave by themselves. */
export const governorSchema = z.object({
  /** Cases a calendar day of the claim's marketplace. */
  perDay: z.int().min(1).max(10_000),
  /** Least time between two calls that file, in seconds. */
  spacingSeconds: z.int().min(0).max(86_400),
});
export type Governor = z.infer<typeof governorSchema>;

/** When syncs start by themselves: five cron fields, read on the clock of a time zone (an IANA name). */
export const ownScheduleSchema = z.object({
  cron: z.string().min(1).max(100),
  timeZone: z.string().min(1).max(64),
});
export type OwnSchedule = z.infer<typeof ownScheduleSchema>;

/** What a seller wants to be told of beyond the list of everything. */
export const notificationsSchema = z.object({
  kinds: z.array(activityKindSchema).max(100),
});

/** What a seller may choose. */
export const sellerSettingsSchema = z.object({
  /** Whether outcomes of the seller's own claims may move their scores. */
  learnFromOutcomes: z.boolean(),
  /** The seller's consent: claims of the auto tier are filed without asking. */
  autoFile: z.boolean(),
  /** Whole units of a claim's own currency; one worth more is filed only after a person approved it. */
  approvalLimit: z.int().min(0).max(1_000_000_000),
  governor: governorSchema,
  /** Null: that of the installation; `off`: no sync starts by itself. */
  schedule: z.union([z.literal('off'), ownScheduleSchema]).nullable(),
  notifications: notificationsSchema,
});
export type SellerSettings = z.infer<typeof sellerSettingsSchema>;

/** The members of the settings, by name. */
export const settingNames = sellerSettingsSchema.keyof();
export type SettingName = z.infer<typeof settingNames>;

/** What a seller decides for all of its claims, and what holds all of them up. */
export const settingsEvents = {
  /**
   * All that the seller has chosen by now. What is left out was never chosen: there the default of the installation counts,
   * and for the consent to automatic filing that means that nobody ever gave it.
   */
  'claim.settings_changed': sellerSettingsSchema.partial().extend({
    learnFromOutcomes: z.boolean(),
    /** What is not as it was before; left out where only learning could be chosen. */
    changed: z.array(settingNames).optional(),
  }),
  /** No call that files leaves any more: of one seller, or of all (on the stream of the system). */
  'claim.kill_switch_thrown': z.object({ killSwitchScope: z.enum(['seller', 'all']) }),
  'claim.kill_switch_released': z.object({ killSwitchScope: z.enum(['seller', 'all']) }),
  /** The cases of a day are used up; what waits goes on by itself. Said once a day. */
  'claim.filing_paused': z.object({
    /** The calendar day of the marketplace, and how many cases were allowed on it. */
    pausedOn: daySchema,
    perDay: z.int().positive(),
    /** When the next day begins there. */
    until: instantSchema,
  }),
} as const;
