import { z } from 'zod';

/** What a schema reads of an object, and beside it the object as it came, for members that no schema names. */
export function withRaw<S extends z.ZodRawShape>(
  schema: z.ZodObject<S>,
): z.ZodType<z.infer<z.ZodObject<S>> & { readonly raw: unknown }> {
  return z.unknown().transform((raw, context) => {
    const read = schema.safeParse(raw);
    if (read.success) return { ...read.data, raw };
    for (const { path, message } of read.error.issues) {
      context.addIssue({ code: 'custom', path, message });
    }
    return z.NEVER;
  });
}
