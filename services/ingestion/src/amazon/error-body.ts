import { z } from 'zod';

/** Both families of SP-API put the same item into `errors`; only what stands beside it differs. */
const errorBodySchema = z.object({
  errors: z
    .array(
      z.object({
        code: z.string().catch('Unknown'),
        message: z.string().catch(''),
        details: z.string().nullish().catch(null),
      }),
    )
    .min(1),
});

export interface ErrorWords {
  readonly code: string | null;
  readonly message: string;
}

/** What Amazon says about a failed call; a body that is not its error shape gives only the status. */
export function errorWords(status: number, body: string): ErrorWords {
  const parsed = errorBodySchema.safeParse(jsonOf(body));
  const first = parsed.success ? parsed.data.errors[0] : undefined;
  if (!first) return { code: null, message: `HTTP ${status}` };
  const details = first.details ? ` (${first.details})` : '';
  return { code: first.code, message: `${first.code}: ${first.message}${details}` };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
