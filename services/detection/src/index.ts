export { detectionSettings, type DetectionSettings } from './config.js';
export { openCatalogue } from './domain/catalogue.js';
export type { Context } from './domain/context.js';
export type { SyncCoverage } from './domain/coverage.js';
export { detectors } from './domain/detectors.js';
export { examineKey, examineProduct } from './domain/examine.js';
export {
  NO_PRODUCT_FACTS,
  type Keyed,
  type OrderFacts,
  type ProductFacts,
} from './domain/facts.js';
export { startDetection } from './start.js';
export { NO_COSTS } from './domain/value/costs.js';
export { featureNames, type FeatureName, type Features } from './domain/score/features.js';
export { claimModelFile, reasonedModel, type Model } from './domain/score/model.js';
export { modelFileSchema, type Measured, type ModelFile } from './domain/score/model-file.js';
export { logistic, scoreOf } from './domain/score/score.js';
export { terms } from './domain/score/terms.js';
export { AUTO_CONFIDENCE } from './domain/score/tier.js';
