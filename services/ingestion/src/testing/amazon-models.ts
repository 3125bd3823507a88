import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Amazon's model files, where somebody has them; undefined skips what is compared with them. */
export const MODELS_DIR = process.env['SPAPI_MODELS_DIR'] || undefined;

const responseSchema = z.object({
  examples: z.record(z.string(), z.unknown()).default({}),
  'x-amzn-api-sandbox': z
    .object({ static: z.array(z.object({ response: z.unknown().optional() })).default([]) })
    .optional(),
});
const operationSchema = z.object({
  operationId: z.string(),
  description: z.string().default(''),
  responses: z.record(z.string(), responseSchema),
});
const fileSchema = z.object({
  swagger: z.literal('2.0'),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** What Amazon's files say of one operation, as far as a client is held against it. */
export interface Modelled {
  readonly method: string;
  readonly path: string;
  readonly description: string;
  /** Answers with a status of 2xx: the examples of the responses and those of the static sandbox. */
  readonly examples: readonly { readonly from: string; readonly body: unknown }[];
}

/** Every operation in Amazon's files; none where there are no files. */
export async function modelledOperations(): Promise<readonly Modelled[]> {
  if (MODELS_DIR === undefined) return [];
  const names = (await readdir(MODELS_DIR)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.map((name) => readFile(join(MODELS_DIR, name), 'utf8')));
  return texts.flatMap((text) => {
    const file = fileSchema.safeParse(JSON.parse(text));
    return file.success ? Object.entries(file.data.paths).flatMap(operationsAt) : [];
  });
}

function operationsAt([path, members]: [string, Record<string, unknown>]): Modelled[] {
  return Object.entries(members).flatMap(([method, member]) => {
    const read = operationSchema.safeParse(member);
    if (!read.success) return [];
    const { description, responses } = read.data;
    const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    const examples = good.flatMap(([status, response]) => examplesOf(status, response));
    return [{ method: method.toUpperCase(), path, description, examples }];
  });
}

function examplesOf(status: string, response: z.infer<typeof responseSchema>) {
  const { examples, 'x-amzn-api-sandbox': sandbox } = response;
  // Where no media type is named, the examples are the members of the one body.
  const named = Object.keys(examples).some((name) => !name.includes('/'));
  const bodies = named ? [examples] : Object.values(examples);
  const canned = (sandbox?.static ?? []).map(({ response: body }) => body);
  return [
    ...bodies.map((body) => ({ from: `example of ${status}`, body })),
    ...canned.map((body, index) => ({ from: `static case ${index + 1} of ${status}`, body })),
  ];
}
