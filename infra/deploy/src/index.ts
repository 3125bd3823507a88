export { permissionsOf, type Permissions } from './nats-permissions.js';
export { makeAuthority, NoCertificate, type Authority } from './certificates.js';
export { natsUsersFile, publicKeyVariable } from './nats-users-file.js';
export { NATS_USERS, SERVICES, type NatsUser, type ServiceName } from './service-names.js';
