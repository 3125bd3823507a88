import { healthSubject } from '@recoup/contracts';
import { z } from 'zod';
import type { App, Gateway } from '../gateway.js';

const word = z.enum(['ok', 'down']);
const statusSchema = z.object({
  status: z.enum(['ok', 'degraded']),
  services: z.record(z.string(), word),
});

const OTHERS = ['ingestion', 'detection', 'evidence'] as const;
const TIMEOUT_MS = 800;

/** A health summary for anybody: words, and nothing about the inside. */
export function servicesStatusRoute(app: App, { bus, reads }: Gateway): void {
  app.get(
    '/api/services/status',
    {
      config: { public: true },
      schema: { summary: 'Health of the product', response: { 200: statusSchema } },
    },
    async () => {
      const database = reads.syncs('', { status: null, limit: 1, offset: 0 });
      const answers = await Promise.all([
        health('database', database),
        ...OTHERS.map((name) =>
          health(name, bus.request(healthSubject(name), {}, { timeoutMs: TIMEOUT_MS })),
        ),
      ]);
      const wire = bus.healthy() ? ('ok' as const) : ('down' as const);
      const services = { gateway: 'ok' as const, bus: wire, ...Object.fromEntries(answers) };
      const healthy = Object.values(services).every((state) => state === 'ok');
      return { status: healthy ? ('ok' as const) : ('degraded' as const), services };
    },
  );
}

async function health(name: string, answer: Promise<unknown>): Promise<[string, 'ok' | 'down']> {
  try {
    await answer;
    return [name, 'ok'];
  } catch {
    return [name, 'down'];
  }
}
