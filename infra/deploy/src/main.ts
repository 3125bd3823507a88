import { natsUsersFile } from './nats-users-file.js';

process.stdout.write(natsUsersFile());
