import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { eventTypes, subjectOf } from '@recoup/contracts';
import specs from '@asyncapi/specs';
import { Ajv, type AnySchema } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = new URL('../', import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, ROOT), 'utf8');
const documentSchema = z.object({
  channels: z.record(z.string(), z.object({ address: z.string().nullable() })),
  components: z.looseObject({
    messages: z.record(
      z.string(),
      z.object({
        name: z.string().optional(),
        payload: z.record(z.string(), z.unknown()),
        examples: z.array(z.object({ name: z.string(), payload: z.unknown() })).default([]),
      }),
    ),
  }),
});

const text = await read('docs/asyncapi.json');
const whole: unknown = JSON.parse(text);
const { channels, components } = documentSchema.parse(whole);

/** Formats are checked; keywords that JSON Schema does not know are those of AsyncAPI. */
function validator(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  return ajv;
}

describe('docs/asyncapi.json', () => {
  it('is what the schemas make (`node docs/asyncapi.mjs --write` brings it up to date)', async () => {
    const script = fileURLToPath(new URL('docs/asyncapi.mjs', ROOT));
    const options = { maxBuffer: 2 ** 26 };
    const { stdout } = await promisify(execFile)(process.execPath, [script], options);
    expect(stdout).toBe(text);
  });

  it('is valid by the specification’s own schema', () => {
    const validate = validator().compile(specs.schemasWithoutId['3.0.0'] as AnySchema);
    expect(validate(whole)).toBe(true);
  });

  it('has the subject of every event', () => {
    const addresses = Object.values(channels).map(({ address }) => address);
    for (const type of eventTypes) {
      expect(addresses).toContain(subjectOf(type, 7).replace('.07.', '.{shard}.'));
    }
  });

  const messages = Object.values(components.messages).filter(({ name }) => name !== undefined);

  it.each(messages)('$name: its examples are what it describes', ({ payload, examples }) => {
    const validate = validator().compile({ ...payload, components });
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect([example.name, validate(example.payload), validate.errors]).toEqual([
        example.name,
        true,
        null,
      ]);
      // What lacks its data is none.
      expect(validate({ ...(example.payload as object), data: undefined })).toBe(false);
    }
  });
});
