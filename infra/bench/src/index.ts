export { callInParallel, type Load } from './callers.js';
export { measure, median, type Result } from './measure.js';
export type { Contestant, Rate, Workload } from './workload.js';
