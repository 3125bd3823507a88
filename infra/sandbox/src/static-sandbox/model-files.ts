import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, messageOf } from '@recoup/kernel';
import { z } from 'zod';

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'body', 'header', 'formData']),
  required: z.boolean().optional(),
});

const caseSchema = z.object({
  request: z
    .object({ parameters: z.record(z.string(), z.object({ value: z.unknown() })).default({}) })
    .default({ parameters: {} }),
  response: z.unknown().optional(),
});

const responseSchema = z.object({
  schema: z.unknown().optional(),
  examples: z.record(z.string(), z.unknown()).optional(),
  'x-amzn-api-sandbox': z.object({ static: z.array(caseSchema).optional() }).optional(),
});

const operationSchema = z.object({
  operationId: z.string(),
  description: z.string().optional(),
  parameters: z.array(parameterSchema).default([]),
  responses: z.record(z.string(), responseSchema),
});
export type ModelOperation = z.infer<typeof operationSchema>;

/** The methods an operation of Amazon's can have; a path holds other things beside them. */
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const fileSchema = z.object({
  swagger: z.literal('2.0'),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  definitions: z.record(z.string(), z.unknown()).default({}),
});

/** One operation in one of Amazon's model files (Swagger 2.0), with the definitions its schemas refer to. */
export interface Model {
  readonly file: string;
  /** In capitals, as on the wire. */
  readonly method: string;
  /** With parameters in braces, as Amazon writes it. */
  readonly path: string;
  readonly operation: ModelOperation;
  readonly definitions: Readonly<Record<string, unknown>>;
}

/** The folder that was named holds no model files, or one that cannot be read. */
export class BadModels extends AppError {
  readonly code = 'BAD_MODELS';
}

/**
 * Reads every model file of a folder. They are Amazon's own text and no part of this repository: whoever has them
 * (github.com/amzn/selling-partner-api-models) names the folder. Files that are no Swagger are passed over.
 */
export async function readModels(folder: string): Promise<readonly Model[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new BadModels(`SPAPI_MODELS_DIR cannot be read: ${messageOf(cause)}`, { cause });
  });
  const files = names.filter((name) => name.endsWith('.json')).sort();
  const models = await Promise.all(files.map((file) => modelsIn(folder, file)));
  if (models.flat().length === 0) throw new BadModels(`no model files in ${folder}`);
  return models.flat();
}

async function modelsIn(folder: string, file: string): Promise<Model[]> {
  const parsed = fileSchema.safeParse(JSON.parse(await readFile(join(folder, file), 'utf8')));
  if (!parsed.success) return [];
  const { paths, definitions } = parsed.data;
  return Object.entries(paths).flatMap(([path, members]) =>
    METHODS.filter((method) => members[method] !== undefined).map((method) => ({
      file,
      path,
      definitions,
      method: method.toUpperCase(),
      operation: operationSchema.parse(members[method]),
    })),
  );
}
