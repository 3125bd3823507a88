import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
} from '../services/gateway/src/testing/gateway-under-test.js';
import { readApiDescription, type ApiDescription } from './contract/api-description.js';
import { readContractPage, type ContractPage } from './contract/contract-page.js';

/** As a local start sets them: with these, every route there is is served. */
const LOCAL = { LOCAL_SIGN_IN_TOKEN: 'a link of the contract test', LOCAL_USER_ID: 'user-1' };

/** Files that a page loads are no part of the interface. */
const ASSETS = /^GET \/(docs\/.+|\w+\.(js|css))$/;

interface Served {
  readonly name: string;
  /** As it was registered: later hooks may still add to it. */
  readonly route: RouteOptions;
}

let gateway: GatewayUnderTest;
let served: Served[];
let page: ContractPage;
let described: ApiDescription;

beforeAll(async () => {
  ({ gateway, served } = await openAndWatch());
  page = await readContractPage();
  described = await readApiDescription(gateway.origin);
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** Opens a gateway and notes each route as the server itself learns of it. */
async function openAndWatch(): Promise<{ gateway: GatewayUnderTest; served: Served[] }> {
  const routes: Served[] = [];
  const watch = (message: unknown): void => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', (route) => {
      for (const verb of [route.method].flat())
        routes.push({ name: `${verb} ${route.url}`, route });
    });
  };
  subscribe('fastify.initialization', watch);
  try {
    return { gateway: await openGatewayUnderTest(LOCAL), served: routes };
  } finally {
    unsubscribe('fastify.initialization', watch);
  }
}

/** Routes of the interface: not the twins that the server adds for HEAD and OPTIONS, and not what pages load. */
const interfaceRoutes = (): Served[] =>
  served.filter(({ name }) => !/^(HEAD|OPTIONS) /.test(name) && !ASSETS.test(name));

const stated = (): string[] => page.routes.flatMap(({ operations }) => [...operations]);

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

/** What the page says once for all routes. */
function expectedOfAll(method: string, isPublic: boolean): number[] {
  const changes = method !== 'GET';
  return [...(isPublic ? [] : [401]), ...(changes ? [400, 403, 413, 415] : []), 429, 500, 503];
}

describe('routes, GET /openapi.json and docs/http-contract.md', () => {
  it('name the same operations (a new route needs a section in docs/http-contract.md: see its first lines)', () => {
    const routes = sorted(interfaceRoutes().map(({ name }) => name));
    expect(routes.length).toBeGreaterThan(20);
    expect(sorted(stated()), 'docs/http-contract.md beside the served routes').toEqual(routes);
    expect(
      sorted(described.operations.map(({ name }) => name)),
      '/openapi.json beside the served routes (a route is left out of it by `schema: { hide: true }`)',
    ).toEqual(routes);
    expect(stated().length, 'no operation has two sections').toBe(routes.length);
  });

  it('agree on what needs no session', () => {
    const open = interfaceRoutes().filter(({ route }) => route.config?.public === true);
    const routes = sorted(open.map(({ name }) => name));
    const pageSays = page.routes.filter(({ isPublic }) => isPublic);
    expect(sorted(pageSays.flatMap(({ operations }) => [...operations]))).toEqual(routes);
    const documentSays = described.operations.filter(({ isPublic }) => isPublic);
    expect(sorted(documentSays.map(({ name }) => name))).toEqual(routes);
  });

  it('agree on the statuses of every operation', () => {
    for (const { operations, statuses, isPublic } of page.routes) {
      for (const name of operations) {
        const method = name.split(' ')[0] ?? '';
        const ofPage = new Set([...statuses, ...expectedOfAll(method, isPublic)]);
        const ofDocument = described.operations.find((operation) => operation.name === name);
        expect
          .soft([...ofPage].sort(), `${name}: the page beside /openapi.json`)
          .toEqual([...(ofDocument?.statuses ?? [])].sort());
      }
    }
  });

  it('agree on the bodies: every example of the page fits the schema', () => {
    let checked = 0;
    for (const { operations, examples } of page.routes) {
      for (const { kind, value } of examples) {
        const name = operations[0] ?? '';
        const operation = described.operations.find((candidate) => candidate.name === name);
        const schema = operation?.check(kind === 'body' ? kind : Number(kind));
        expect.soft(schema, `${name} has a schema for ${kind}`).toBeTruthy();
        expect.soft(schema?.safeParse(value).error, `${name}, example of ${kind}`).toBeUndefined();
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(10);
    expect(described.error.safeParse(page.error).error).toBeUndefined();
  });

  it('show an answer of every operation that answers JSON, and say in a line what it is for', () => {
    for (const { operations, examples } of page.routes) {
      for (const name of operations) {
        const operation = described.operations.find((candidate) => candidate.name === name);
        expect.soft(operation?.summary, `${name} has a summary in its schema`).toBeTruthy();
        if (!operation?.check(200) || name === 'GET /openapi.json') continue;
        const shown = examples.some(({ kind }) => kind === '200');
        expect.soft(shown, `${name} has an example of its answer`).toBe(true);
      }
    }
  });
});
