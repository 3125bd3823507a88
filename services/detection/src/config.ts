import { retentionSettings } from '@recoup/service-kit';
import { z } from 'zod';

/** The service's own settings. */
export const detectionSettings = z.object({
  /** Detections that run at the same time in this process. */
  DETECTION_WORKERS: z.coerce.number().int().min(1).max(32).default(2),
  /** How long a worker that fell silent keeps its job, in seconds; it renews three times as often. */
  DETECTION_LEASE_SECONDS: z.coerce.number().int().min(1).max(600).default(10),
  /** Days for which ended detections are remembered. What they found is in the log. */
  DETECTION_KEEP_DAYS: z.coerce.number().int().min(1).max(36_500).default(90),
  ...retentionSettings,
});
export type DetectionSettings = z.infer<typeof detectionSettings>;
