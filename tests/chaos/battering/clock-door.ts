import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { ServiceName } from './blow.js';

/** The clock that services follow, where some can be told another time than others. */
export interface ClockDoor extends AsyncDisposable {
  readonly url: string;
  /** Whose clock is wrong, and by how many milliseconds; null: nobody's. */
  skewed: { readonly victim: ServiceName; readonly ms: number } | null;
}

const timeSchema = z.looseObject({ now: z.iso.datetime() });

/** Opens a door before the simulated Amazon's clock. Where that one does not answer, neither does the door. */
export async function openClockDoor(clockUrl: string): Promise<ClockDoor> {
  const door: { skewed: ClockDoor['skewed'] } = { skewed: null };
  const timeFor = async (by: string): Promise<string> => {
    const response = await fetch(`${clockUrl}?by=${by}`, { signal: AbortSignal.timeout(3000) });
    const { now } = timeSchema.parse(await response.json());
    const wrongBy = door.skewed?.victim === by ? door.skewed.ms : 0;
    return JSON.stringify({ now: new Date(Date.parse(now) + wrongBy).toISOString() });
  };
  const server = createServer((request, response) => {
    const by = new URL(request.url ?? '', clockUrl).searchParams.get('by') ?? '';
    void timeFor(by).then(
      (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(body),
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(door, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  });
}
