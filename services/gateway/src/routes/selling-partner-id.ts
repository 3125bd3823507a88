import { z } from 'zod';

/** Amazon's name for a seller (its merchant token): letters and digits. */
export const sellingPartnerIdSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9]{1,64}$/, 'must be a selling partner id');
