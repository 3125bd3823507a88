import { z } from 'zod';

/** The service's own settings. */
export const detectionSettings = z.object({
  /** Detections that run at the same time in this process. */
  DETECTION_WORKERS: z.coerce.number().int().min(1).max(32).default(2),
  /** How long a worker that fell silent keeps its job, in seconds; it renews three times as often. */
  DETECTION_LEASE_SECONDS: z.coerce.number().int().min(1).max(600).default(10),
});
export type DetectionSettings = z.infer<typeof detectionSettings>;
