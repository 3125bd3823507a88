export type { LookAlike, TrueClaim } from './causes/plant.js';
export { configSchema, readConfig, type Config } from './config.js';
export type { FiledCase } from './doors/case-store.js';
export { startSandbox, type Sandbox } from './sandbox.js';
export type { Fault, FaultOrder } from './wire/fault.js';
export { RATES, type OperationName } from './wire/rates.js';
export { OFFERED_SELLERS, type Seller } from './world/sellers.js';
export type { Truth } from './world/truth.js';
