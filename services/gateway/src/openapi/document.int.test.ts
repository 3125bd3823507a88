import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const operationSchema = z.strictObject({
  operationId: z.string().regex(/^[a-z]+[A-Z]\w+$/),
  tags: z.array(z.string()).length(1),
  summary: z.string().optional(),
  description: z.string().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z
    .array(
      z.strictObject({
        name: z.string(),
        in: z.enum(['path', 'query', 'header']),
        required: z.boolean(),
        description: z.string().optional(),
        schema: z.looseObject({}),
      }),
    )
    .optional(),
  requestBody: z
    .strictObject({
      required: z.boolean(),
      content: z.record(z.string(), z.strictObject({ schema: z.looseObject({}) })),
    })
    .optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.union([
      z.strictObject({ $ref: z.string() }),
      z.strictObject({
        description: z.string().min(1),
        content: z.record(z.string(), z.strictObject({ schema: z.looseObject({}) })).optional(),
      }),
    ]),
  ),
});

/** The parts of OpenAPI 3.1.0 that the document uses, with no room for a member that the specification does not have. */
const openApiSchema = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })),
  tags: z.array(z.strictObject({ name: z.string() })),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  components: z.strictObject({
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.enum(['apiKey', 'http']) })),
    schemas: z.record(z.string(), z.looseObject({})),
    responses: z.record(z.string(), z.looseObject({ description: z.string() })),
  }),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operationSchema),
  ),
});

async function read(): Promise<z.infer<typeof openApiSchema>> {
  const { body } = await gateway.stranger().get('/openapi.json');
  return openApiSchema.parse(body);
}

async function operations(): Promise<[string, z.infer<typeof operationSchema>][]> {
  return Object.entries((await read()).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, typeof operation] => [
      `${method} ${path}`,
      operation,
    ]),
  );
}

describe('GET /openapi.json', () => {
  it('is OpenAPI 3.1 for anybody, and says when a client holds it already', async () => {
    const { status, headers } = await gateway.stranger().get('/openapi.json');
    expect({ status, type: headers.get('content-type') }).toEqual({
      status: 200,
      type: 'application/json',
    });
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    const again = await gateway.stranger().ask('/openapi.json', {
      headers: { 'if-none-match': headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
    expect((await operations()).length).toBeGreaterThan(15);
  });

  it('refers to nothing that is not in it', async () => {
    const document = await read();
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(50);
    for (const [, reference = ''] of references) {
      const found = reference
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
      expect.soft(found, reference).toBeTypeOf('object');
    }
  });

  it('names every operation once, and every path parameter', async () => {
    const all = await operations();
    const ids = all.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [name, { parameters = [] }] of all) {
      const named = parameters.filter((parameter) => parameter.in === 'path');
      const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      expect.soft(named.map((parameter) => parameter.name).sort(), name).toEqual(inPath.sort());
    }
  });

  it('marks what needs no session, and says of all else that it can answer 401', async () => {
    for (const [name, { security, responses }] of await operations()) {
      if (security) expect.soft(security, name).toEqual([]);
      expect.soft('401' in responses, name).toBe(security === undefined);
    }
  });
});

describe('GET /docs', () => {
  it('shows the document with nothing from elsewhere', async () => {
    const page = await gateway.stranger().get('/docs');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? '');
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      expect.soft(asset).toMatch(/^\/docs\//);
      expect.soft((await gateway.stranger().get(asset)).status, asset).toBe(200);
    }
    const shown = await gateway.stranger().get('/docs/json');
    expect(shown.body).toEqual(await read());
  });
});
