export { detectionSettings, type DetectionSettings } from './config.js';
export { startDetection } from './start.js';
