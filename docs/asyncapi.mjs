/**
 * The events on the bus as an AsyncAPI 3 document, made from the schemas that check every event before it is written.
 * Examples are the stored fixtures of the newest version of each type.
 *
 *   node docs/asyncapi.mjs            prints it
 *   node docs/asyncapi.mjs --write    puts it into docs/asyncapi.json
 *
 * `tests/asyncapi.test.ts` refuses a document that has drifted, and holds it against the specification's own schema.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import {
  catalogue,
  CONNECT_SUBJECT,
  connectReplySchema,
  connectRequestSchema,
  currentVersion,
  envelopeSchema,
  eventTypes,
  shardToken,
} from '@recoup/contracts';
import { ALL_SHARDS } from '@recoup/kernel';
import { z } from 'zod';

const DOCUMENT = new URL('asyncapi.json', import.meta.url);
const FIXTURES = new URL('../libs/contracts/src/fixtures/', import.meta.url);

/** As a reader may take it: members that are not named here may come, for an event gains members within a version. */
const schemaOf = (schema) => {
  const made = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  delete made.$schema;
  return made;
};

const ref = (...path) => ({ $ref: `#/${path.join('/')}` });
/** `sync.resource_completed` as a name of this document: `syncResourceCompleted`. */
const nameOf = (type) => type.replace(/[._]([a-z])/g, (_, letter) => letter.toUpperCase());

/** What surrounds the data of an example. */
const ENVELOPE = {
  id: '5f0c1d1e-6c53-5d0e-9c0a-2f3f1f2d9b10',
  tenantId: 'tenant-1',
  shard: 7,
  position: 1204,
  streamVersion: 3,
  occurredAt: '2026-03-02T09:30:00.000Z',
  correlationId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  causationId: null,
  actor: 'service:ingestion',
  traceparent: null,
};

async function examplesOf(type) {
  const version = currentVersion(type);
  const names = (await readdir(FIXTURES)).filter((name) =>
    new RegExp(`^${type}\\.v${version}(-[a-z-]+)?\\.json$`).test(name),
  );
  return Promise.all(
    names.sort().map(async (name) => ({
      name: name.slice(type.length + 1, -'.json'.length),
      payload: {
        ...ENVELOPE,
        streamId: `${type.split('.')[0]}-example`,
        type,
        schemaVersion: version,
        data: JSON.parse(await readFile(new URL(name, FIXTURES), 'utf8')),
      },
    })),
  );
}

const channels = {
  connectAmazon: {
    address: CONNECT_SUBJECT,
    summary: 'The gateway hands a seller’s consent to ingestion, which alone may read it.',
    messages: { connectRequest: ref('components', 'messages', 'connectRequest') },
  },
  connectReply: {
    address: null,
    summary: 'Answered to the inbox that the request names.',
    messages: { connectReply: ref('components', 'messages', 'connectReply') },
  },
};
const operations = {
  connectAmazon: {
    action: 'receive',
    channel: ref('channels', 'connectAmazon'),
    reply: {
      address: { location: '$message.header#/reply' },
      channel: ref('channels', 'connectReply'),
    },
  },
};
const messages = {
  connectRequest: { contentType: 'application/json', payload: schemaOf(connectRequestSchema) },
  connectReply: { contentType: 'application/json', payload: schemaOf(connectReplySchema) },
};

for (const type of eventTypes) {
  const name = nameOf(type);
  const [family, event] = type.split('.');
  channels[name] = {
    address: `${family}.{shard}.${event}`,
    parameters: { shard: ref('components', 'parameters', 'shard') },
    messages: { [name]: ref('components', 'messages', name) },
  };
  operations[name] = { action: 'receive', channel: ref('channels', name) };
  messages[name] = {
    name: type,
    title: `${type}, version ${currentVersion(type)}`,
    contentType: 'application/json',
    headers: ref('components', 'schemas', 'headers'),
    payload: {
      allOf: [
        ref('components', 'schemas', 'envelope'),
        {
          type: 'object',
          properties: {
            type: { const: type },
            schemaVersion: { const: currentVersion(type) },
            data: schemaOf(catalogue[type]),
          },
          required: ['type', 'schemaVersion', 'data'],
        },
      ],
    },
    examples: await examplesOf(type),
  };
}

const document = {
  asyncapi: '3.0.0',
  info: {
    title: 'Recoup events',
    version: '1.0.0',
    description:
      'Events of the log as JetStream carries them (stream EVENTS). All events of a seller are on one shard, in the order of their positions, which are dense; a position that was heard before is a repeat. A type gains members within a version, and gets a new version when a reader would have to change.',
  },
  defaultContentType: 'application/json',
  channels,
  operations,
  components: {
    parameters: {
      shard: { description: 'Shard of the seller.', enum: ALL_SHARDS.map(shardToken) },
    },
    schemas: {
      envelope: schemaOf(envelopeSchema),
      headers: {
        type: 'object',
        properties: {
          'Nats-Msg-Id': {
            type: 'string',
            description: 'Shard and position, for JetStream’s own recognition of repeats.',
          },
        },
      },
    },
    messages,
  },
};
const text = `${JSON.stringify(document, null, 2)}\n`;

if (process.argv.includes('--write')) await writeFile(DOCUMENT, text);
else process.stdout.write(text);
