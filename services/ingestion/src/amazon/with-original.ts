import { z } from 'zod';

/** A row as it is read, and as Amazon sent it. */
export interface WithOriginal<T> {
  readonly read: T;
  readonly original: unknown;
}

/** Reads a row by a schema and keeps what was sent: unknown fields are not in what is read. */
export function withOriginal<T>(schema: z.ZodType<T>): z.ZodType<WithOriginal<T>> {
  return z.unknown().transform((original, context) => {
    const { data, error } = schema.safeParse(original);
    if (!error) return { read: data, original };
    for (const issue of error.issues) {
      context.addIssue({ code: 'custom', message: issue.message, path: issue.path });
    }
    return z.NEVER;
  });
}
