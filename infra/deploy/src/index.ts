export { permissionsOf, type Permissions } from './nats-permissions.js';
export { makeAuthority, NoCertificate, type Authority } from './certificates.js';
export { InstallationExists, newInstallation } from './new-installation.js';
export { natsUsersFile, publicKeyVariable, seedVariable } from './nats-users-file.js';
export { NATS_USERS, SERVICES, type NatsUser, type ServiceName } from './service-names.js';
