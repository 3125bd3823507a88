import { governorSchema, sellerSettingsSchema } from '@recoup/contracts';
import { z } from 'zod';

const { perDay, spacingSeconds } = governorSchema.shape;

/** What counts for sellers who have not chosen; unset, the product's own. The same in every service that reads settings. */
export const sellerDefaults = {
  /** The consent to automatic filing. Somebody else's claims are filed only where the seller agreed: on for trials alone. */
  AUTO_FILE_DEFAULT: z.enum(['on', 'off']).optional(),
  /** Whole units of a claim's own currency; a claim worth more is filed only after a person approved it. */
  CLAIM_APPROVAL_LIMIT: z.coerce.number().pipe(sellerSettingsSchema.shape.approvalLimit).optional(),
  FILING_PER_DAY: z.coerce.number().pipe(perDay).optional(),
  FILING_SPACING_SECONDS: z.coerce.number().pipe(spacingSeconds).optional(),
};
