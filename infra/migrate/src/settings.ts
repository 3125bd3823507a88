import { LOGIN_ROLES } from './roles.js';

export interface MigrateSettings {
  readonly adminUrl: string;
  /** Passwords by login role; a role without one keeps what it has. */
  readonly passwords: Readonly<Record<string, string>>;
  /** Where the stream is brought to its shape; null where services may do that themselves. */
  readonly bus: {
    readonly url: string;
    readonly caFile: string | undefined;
    readonly nkeySeed: string | undefined;
    /** Copies of the stream, as services have it (`NATS_REPLICAS`). */
    readonly replicas: number;
  } | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The variable that holds a role's password: each role has its own, or one service could sign in as another. */
export function passwordVariable(role: string): string {
  return `${role.toUpperCase()}_PASSWORD`;
}

/** Reads what `npm run migrate` is told. An empty variable counts as not set. Throws when the database is not named. */
export function migrateSettings(environment: Environment): MigrateSettings {
  const read = (name: string): string | undefined => environment[name] || undefined;
  const adminUrl = read('MIGRATE_DATABASE_URL');
  if (adminUrl === undefined) throw new Error('MIGRATE_DATABASE_URL is not set');
  const passwords = LOGIN_ROLES.flatMap((role) => {
    const password = read(passwordVariable(role));
    return password === undefined ? [] : [[role, password] as const];
  });
  const url = read('NATS_URL');
  const bus = url && {
    url,
    caFile: read('NATS_CA_FILE'),
    nkeySeed: read('NATS_NKEY_SEED'),
    replicas: Number(read('NATS_REPLICAS') ?? 1),
  };
  return { adminUrl, passwords: Object.fromEntries(passwords), bus: bus || null };
}
