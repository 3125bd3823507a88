export { migrationFiles, type Migration } from './files.js';
export { migrate, MigrationChanged, MigrationFailed, type MigrateOptions } from './migrate.js';
export { passwordVariable } from './settings.js';
export { LOGIN_ROLES, roleUrl } from './roles.js';
