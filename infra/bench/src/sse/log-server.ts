// A process of its own: follows the log and writes each event to the clients of its tenant, and nothing else: no session,
// no read model that must show it first, no folding, no resuming.
import { createServer, type ServerResponse } from 'node:http';
import { listenToLog, followShard, openEventStore } from '@recoup/event-store';
import { SHARD_COUNT } from '@recoup/kernel';
import { Pool } from 'pg';

const [connectionString = ''] = process.argv.slice(2);
const pool = new Pool({ connectionString, max: 12 });
const store = openEventStore(pool);
const notifications = listenToLog({ connectionString });
const watching = new Map<string, Set<ServerResponse>>();

async function follow(shard: number): Promise<void> {
  const { signal } = new AbortController();
  for await (const events of followShard(store, notifications, { shard, after: 0, signal })) {
    for (const { position, tenantId, data } of events) {
      const bytes = Buffer.from(`id: ${shard}-${position}\ndata: ${JSON.stringify(data)}\n\n`);
      for (const response of watching.get(tenantId) ?? []) response.write(bytes);
    }
  }
}

const server = createServer((request, response) => {
  const tenantId = request.url?.slice(1) ?? '';
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('retry: 2000\n\ndata: {}\n\n');
  watching.set(tenantId, (watching.get(tenantId) ?? new Set()).add(response));
});

for (let shard = 0; shard < SHARD_COUNT; shard += 1) void follow(shard);
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
