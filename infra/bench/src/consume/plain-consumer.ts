// A process of its own: the official client with a durable consumer, as its documentation has it. Each message is a
// transaction with its effect, which a primary key keeps single, and is acknowledged after it.
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Pool } from 'pg';

const [connectionString, servers = '', stream = '', filter = ''] = process.argv.slice(2);
const pool = new Pool({ connectionString, max: 2 });
const nats = await connect({ servers, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
await (
  await jetstreamManager(nats)
).consumers.add(stream, {
  durable_name: 'plain',
  ack_policy: AckPolicy.Explicit,
  filter_subject: filter,
  max_ack_pending: 1000,
});
const consumer = await jetstream(nats).consumers.get(stream, 'plain');
process.send?.('ready');
for await (const message of await consumer.consume({ max_messages: 500 })) {
  const { position } = message.json<{ position: number }>();
  await pool.query({
    name: 'effect',
    text: 'insert into public.effect (position) values ($1) on conflict do nothing',
    values: [position],
  });
  message.ack();
}
