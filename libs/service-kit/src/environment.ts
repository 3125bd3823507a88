import { AppError } from '@recoup/kernel';
import { z } from 'zod';

/** A setting is missing or wrong; the message names it and never shows its value. */
export class BadSetting extends AppError {
  readonly code = 'BAD_SETTING';
}

/** A TCP port; 0 takes any free one. */
export const portSchema = z.coerce.number().int().min(0).max(65535);

/** Settings that every service has. */
export const commonSettings = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Servers of one cluster, with commas between them. `tls://` only speaks to those whose certificate names their host. */
  NATS_URL: z.string().min(1),
  /** Certificates (PEM) that may have signed the servers'; unset, those that Node trusts. */
  NATS_CA_FILE: z.string().optional(),
  /** The seed of the nkey that the server knows this service by. */
  NATS_NKEY_SEED: z.string().startsWith('SU', 'is no seed of an nkey of a user').optional(),
  /** Copies of the stream; more than there are servers are refused by them. */
  NATS_REPLICAS: z.coerce.number().int().min(1).max(5).default(1),
  /** `production` refuses connections that anybody between could read or take over, and what serves a local start alone. */
  RECOUP_PROFILE: z.enum(['development', 'production']).default('development'),
  /** The clock of a simulated Amazon, which the service then follows; the machine's own where it is not set. */
  CLOCK_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Where traces go, by OTLP over HTTP; unset, none are made. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OPS_PORT: portSchema.default(0),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});
export type CommonSettings = z.infer<typeof commonSettings>;

/**
 * Reads settings from the environment. An empty variable counts as not set: that is how shells and container files
 * unset one. Throws BadSetting naming every variable that is missing or wrong.
 */
export function readSettings<T extends z.ZodType>(
  schema: T,
  environment: Readonly<Record<string, string | undefined>>,
): z.infer<T> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const name = issue.path.join('.');
    return given[name] === undefined && issue.code === 'invalid_type'
      ? `${name} is not set`
      : `${name}: ${issue.message}`;
  });
  throw new BadSetting(problems.join('; '));
}
