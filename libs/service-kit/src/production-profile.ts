import { BadSetting } from './environment.js';

type Settings = Readonly<Record<string, unknown>>;

/** What serves a local start or a simulated Amazon alone. */
const LOCAL_ONLY = ['LOCAL_SIGN_IN_TOKEN', 'LOCAL_USER_ID', 'CLOCK_URL'] as const;

/**
 * Refuses settings with which a process must not run in production: a connection to Postgres or NATS that somebody between
 * could read or answer, one to NATS without a user of its own, and what is there for a local start alone. Takes the settings
 * of a service, common and own. Throws BadSetting naming all that are wrong, never their values.
 */
export function checkProfile(settings: Settings): void {
  if (settings['RECOUP_PROFILE'] !== 'production') return;
  const problems = [...databases(settings), ...bus(settings), ...localOnly(settings)];
  if (problems.length > 0) throw new BadSetting(`in production ${problems.join('; ')}`);
}

function databases(settings: Settings): string[] {
  return Object.entries(settings)
    .filter(([, value]) => typeof value === 'string' && /^postgres(ql)?:/.test(value))
    .filter(([, value]) => !isVerified(new URL(value as string)))
    .map(([name]) => `${name} needs sslmode=verify-full, and nothing that weakens it`);
}

/** `uselibpqcompat` gives other modes their libpq meaning; `ssl=` is overruled by `sslmode=`, yet means to say otherwise. */
function isVerified({ searchParams }: URL): boolean {
  const modes = searchParams.getAll('sslmode');
  return modes.length === 1 && modes[0] === 'verify-full' && !searchParams.has('ssl');
}

function bus({ NATS_URL, NATS_NKEY_SEED }: Settings): string[] {
  const addresses = String(NATS_URL).split(',');
  const secured = addresses.every((address) => address.trim().startsWith('tls://'));
  return [
    ...(secured ? [] : ['NATS_URL needs tls://']),
    ...(NATS_NKEY_SEED === undefined ? ['NATS_NKEY_SEED is not set'] : []),
  ];
}

function localOnly(settings: Settings): string[] {
  return LOCAL_ONLY.filter((name) => settings[name] !== undefined).map(
    (name) => `${name} must not be set`,
  );
}
