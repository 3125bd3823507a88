import { z } from 'zod';
import type { App } from '../gateway.js';

/**
 * Takes what clients report of themselves, and keeps nothing of it. A client that is refused here takes that for the end
 * of its session and reloads for ever: so the answer is 202 whatever comes, and comes before a body is read.
 */
export function metricsTrackRoute(app: App): void {
  app.post(
    '/api/metrics/track',
    {
      config: { public: true, limited: true },
      schema: {
        summary: 'Takes a report of a client; nothing of it is kept',
        response: { 202: z.object({ accepted: z.literal(true) }) },
      },
      // After the hooks that count requests. It does not say that it is done: the body would be read.
      preParsing: (_request, reply) => {
        void reply.code(202).send({ accepted: true as const });
      },
    },
    () => ({ accepted: true as const }),
  );
}
