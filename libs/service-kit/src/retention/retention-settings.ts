import { z } from 'zod';

/** How often it is looked for what has had its time: the same in every service that keeps something for a time. */
export const retentionSettings = {
  /** So much longer than its time may something stay. */
  RETENTION_SWEEP_MINUTES: z.coerce.number().int().min(1).max(1440).default(60),
};
