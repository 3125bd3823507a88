// A process of its own: a plain HTTP server whose clients each watch a topic, and that tells all topics the same, as one
// of the sides does it. What is told comes from memory on all sides.
import { createServer, type ServerResponse } from 'node:http';
import { Channel, Frame, openResponseStream } from '@recoup/gateway/sse';
import { createChannel, createSession } from 'better-sse';
import type { IncomingMessage } from 'node:http';

/** Something that many clients watch. */
interface Topic {
  join(request: IncomingMessage, response: ServerResponse): unknown;
  tell(position: number, body: object): void;
}

/** What the gateway writes with: frames encoded once, clients that know their place and are dropped when they do not read. */
function ofGateway(): Topic {
  const channel = new Channel(0);
  return {
    join: (_, response) => channel.join(openResponseStream(response), 0),
    tell: (position, body) => channel.tell(new Frame({ shard: 3, position }, body)),
  };
}

function ofBetterSse(): Topic {
  const channel = createChannel();
  return {
    join: (request, response) =>
      createSession(request, response).then((session) => channel.register(session)),
    tell: (position, body) => channel.broadcast(body, 'message', { eventId: `3-${position}` }),
  };
}

function raw(): Topic {
  const responses = new Set<ServerResponse>();
  return {
    join(_, response) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('retry: 2000\n\n');
      responses.add(response);
    },
    tell(position, body) {
      const bytes = Buffer.from(`id: 3-${position}\ndata: ${JSON.stringify(body)}\n\n`);
      for (const response of responses) response.write(bytes);
    },
  };
}

const MAKE: Readonly<Record<string, () => Topic>> = {
  recoup: ofGateway,
  'better-sse': ofBetterSse,
  raw,
};

const [how = ''] = process.argv.slice(2);
const make = MAKE[how];
if (!make) throw new Error(`no way to tell named ${how}`);
const topics = new Map<string, Topic>();
let clients = 0;
let position = 0;

const server = createServer((request, response) => {
  const name = request.url ?? '/';
  const topic = topics.get(name) ?? make();
  topics.set(name, topic);
  void Promise.resolve(topic.join(request, response)).then(() => {
    clients += 1;
    process.send?.({ clients });
  });
});

/** A body to tell to all. Answers the processor time that the process has taken so far, in microseconds. */
process.on('message', (body: object) => {
  for (const topic of topics.values()) topic.tell((position += 1), body);
  const { user, system } = process.cpuUsage();
  process.send?.({ spent: user + system });
});

server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
