import { z } from 'zod';

/**
 * `CORS_ORIGINS`: comma-separated exact origins, such as `https://app.example,http://localhost:5173`. An origin is what
 * a browser sends: scheme, host and port, without a path and without a slash at the end. Anything else would never
 * match, or match more than was meant, and is refused.
 */
export const originsSchema = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
  )
  .refine(
    (origins) => origins.every(isOrigin),
    'needs exact origins such as https://app.example, separated by commas',
  );

function isOrigin(text: string): boolean {
  if (!/^https?:\/\/[^*]+$/.test(text)) return false;
  return URL.canParse(text) && new URL(text).origin === text;
}

/** The origins, beside our own, whose pages may use this API with the user's cookie. */
export function allowedOrigins({
  FRONTEND_URL,
  CORS_ORIGINS,
}: {
  readonly FRONTEND_URL?: string | undefined;
  readonly CORS_ORIGINS: readonly string[];
}): ReadonlySet<string> {
  return new Set([...CORS_ORIGINS, ...(FRONTEND_URL ? [new URL(FRONTEND_URL).origin] : [])]);
}
