export { settingsSchema, type Settings } from './settings.js';
export { startGateway } from './start-gateway.js';
