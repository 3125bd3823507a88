import { permissionsOf } from './nats-permissions.js';
import { NATS_USERS, type NatsUser } from './service-names.js';

/** The variable of nats-server's environment that holds the public key of a user. */
export function publicKeyVariable(user: NatsUser): string {
  return `NATS_${user.toUpperCase()}_NKEY`;
}

/** The variable of an installation that holds the seed of a user; its process gets it as NATS_NKEY_SEED. */
export function seedVariable(user: NatsUser): string {
  return `NATS_${user.toUpperCase()}_SEED`;
}

/** The accounts of nats-server's configuration. It holds no key: those are in the server's environment, and public. */
export function natsUsersFile(): string {
  return [
    '# Who may do what on the bus. Made from the subjects of the product (`npm run deploy -- nats-users`); a test',
    '# refuses a file that has drifted. The keys are public, and come from the environment of nats-server.',
    'accounts {',
    '  RECOUP {',
    '    jetstream: enabled',
    '    users: [',
    ...NATS_USERS.map(userBlock),
    '    ]',
    '  }',
    '  SYS {}',
    '}',
    'system_account: SYS',
    '',
  ].join('\n');
}

function userBlock(user: NatsUser): string {
  const { publish, subscribe } = permissionsOf(user);
  return [
    `      # ${user}`,
    `      { nkey: $${publicKeyVariable(user)}`,
    '        permissions: {',
    `          publish: [${quoted(publish)}]`,
    `          subscribe: [${quoted(subscribe)}]`,
    '        } }',
  ].join('\n');
}

function quoted(subjects: readonly string[]): string {
  return subjects.map((subject) => `\n            "${subject}"`).join('');
}
