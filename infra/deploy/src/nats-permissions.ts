import { durableName, inboxesOf, STREAM } from '@recoup/bus';
import {
  CONNECT_SUBJECT,
  FORGET_SELLER_SUBJECT,
  healthSubject,
  SESSION_ENDED_SUBJECT,
  subjectsOfShard,
} from '@recoup/contracts';
import { ALL_SHARDS } from '@recoup/kernel';
import type { NatsUser, ServiceName } from './service-names.js';

/** Subjects that a user of NATS may send to and hear; all others are refused. */
export interface Permissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** What a user of NATS needs, and nothing else: subjects by name, and of JetStream's API the calls that it makes. */
export function permissionsOf(user: NatsUser): Permissions {
  const answers = `${inboxesOf(`recoup-${user}`)}.>`;
  if (user === 'migrate') return { publish: STREAM_SHAPE, subscribe: [answers] };
  const own = OWN[user];
  return {
    publish: [...EVENTS, ...STREAM_USE, ...(own.consumes ? consumerOf(user) : []), ...own.publish],
    subscribe: [answers, healthSubject(user), ...own.subscribe],
  };
}

/**
 * Every service may publish every event: whichever holds a shard's relay lock copies the whole shard, whoever appended to it.
 * It is no more than a service can do already, since all of them may append to the log.
 */
const EVENTS = ALL_SHARDS.flatMap((shard) => [...subjectsOfShard(shard)]);

/**
 * A stream that is gone is made again by whoever notices. Creating one that stands in another shape is refused by the server,
 * so this changes and empties nothing: that takes UPDATE, PURGE or DELETE. A relay reads the newest message of a subject.
 */
const STREAM_USE = ['CREATE', 'INFO', 'MSG.GET'].map((call) => `$JS.API.STREAM.${call}.${STREAM}`);

/** Brings the stream to the shape of a release; run once beside the migrations. */
const STREAM_SHAPE = ['CREATE', 'UPDATE', 'INFO'].map((call) => `$JS.API.STREAM.${call}.${STREAM}`);

/** Answers to the gateway, the only one who asks. Where they go is part of the question and cannot be guessed. */
const TO_GATEWAY = `${inboxesOf('recoup-gateway')}.>`;

interface Own extends Permissions {
  readonly consumes: boolean;
}

const OWN: Readonly<Record<ServiceName, Own>> = {
  gateway: {
    consumes: false, // follows the log in Postgres
    publish: [
      CONNECT_SUBJECT,
      SESSION_ENDED_SUBJECT,
      ...['ingestion', 'detection', 'evidence'].map(healthSubject),
    ],
    subscribe: [SESSION_ENDED_SUBJECT],
  },
  ingestion: {
    consumes: true,
    publish: [TO_GATEWAY, FORGET_SELLER_SUBJECT],
    // Alone hears Amazon's credentials.
    subscribe: [CONNECT_SUBJECT, FORGET_SELLER_SUBJECT],
  },
  detection: { consumes: true, publish: [TO_GATEWAY], subscribe: [] },
  evidence: { consumes: true, publish: [TO_GATEWAY], subscribe: [] },
};

/** A service's own durable consumers, one for each shard: made, looked at, read and acknowledged. */
function consumerOf(service: ServiceName): string[] {
  return ALL_SHARDS.flatMap((shard) => {
    const durable = durableName(service, shard);
    const ofStream = `${STREAM}.${durable}`;
    return [
      `$JS.API.CONSUMER.CREATE.${ofStream}.>`,
      `$JS.API.CONSUMER.INFO.${ofStream}`,
      `$JS.API.CONSUMER.MSG.NEXT.${ofStream}`,
      `$JS.ACK.${ofStream}.>`,
    ];
  });
}
