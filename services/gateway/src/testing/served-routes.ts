import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { openGatewayUnderTest, type GatewayUnderTest } from './gateway-under-test.js';

export interface ServedRoute {
  readonly method: string;
  /** As it was registered: `/api/sync/status/:syncId`. */
  readonly url: string;
}

/** A gateway, and every route it serves as the server itself learned of it: one that is added is there by itself. */
export async function openWithRoutes(
  settings: Readonly<Record<string, string>>,
): Promise<{ gateway: GatewayUnderTest; routes: ServedRoute[] }> {
  const routes: ServedRoute[] = [];
  const watch = (message: unknown): void => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const verb of [method].flat()) routes.push({ method: verb, url });
    });
  };
  subscribe('fastify.initialization', watch);
  try {
    return { gateway: await openGatewayUnderTest(settings), routes };
  } finally {
    unsubscribe('fastify.initialization', watch);
  }
}
