import { ALL_OPERATIONS } from '../spapi/operations.js';
import { readModels, type Model } from '../static-sandbox/model-files.js';
import { placeOf, type Operation } from '../wire/operation.js';

/** Amazon's model files, where somebody has them; undefined skips what is compared with them. */
export const MODELS_DIR = process.env['SPAPI_MODELS_DIR'] || undefined;

export interface Served {
  readonly operation: Operation;
  /** Undefined for an operation that Amazon's files do not have. */
  readonly model: Model | undefined;
}

/** Every operation of the sandbox with what Amazon's files say of it; nothing where there are no files. */
export async function servedOperations(): Promise<readonly Served[]> {
  if (MODELS_DIR === undefined) return [];
  const models = await readModels(MODELS_DIR);
  return ALL_OPERATIONS.map((operation) => {
    const { method, path } = placeOf(operation);
    return { operation, model: models.find((one) => one.method === method && one.path === path) };
  });
}
