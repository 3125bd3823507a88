// A process of its own: a plain HTTP server that tells all its clients the same, as one of the peers does it.
import { createServer, type ServerResponse } from 'node:http';
import { createChannel, createSession } from 'better-sse';

const [how = 'raw'] = process.argv.slice(2);
const channel = createChannel();
const responses = new Set<ServerResponse>();

const server = createServer((request, response) => {
  if (how === 'better-sse') {
    void createSession(request, response).then((session) => channel.register(session));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('retry: 2000\n\n');
  responses.add(response);
});

/** A frame to tell to all: its body, and how often. */
process.on('message', ({ body, times }: { body: object; times: number }) => {
  for (let n = 0; n < times; n += 1) {
    if (how === 'better-sse') channel.broadcast(body);
    else {
      const bytes = Buffer.from(`id: 3-${n}\ndata: ${JSON.stringify(body)}\n\n`);
      for (const response of responses) response.write(bytes);
    }
  }
});

server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
