import { consumerStage, type ConsumerStage } from '../consume/stage.js';
import type { BenchServers, Contestant, Rate, WorkloadFile } from '../workload.js';

const EVENTS = 10_000;
const PROGRAMS = [
  {
    name: 'recoup',
    program: 'recoup-consumer',
    setup:
      'libs/service-kit: batches, effects and checkpoint in one transaction, one acknowledgement',
  },
  {
    name: 'official client',
    program: 'plain-consumer',
    setup:
      'a durable consumer, a transaction and an acknowledgement per message, effects single by a key',
  },
] as const;

type Work = (stage: ConsumerStage) => Promise<Rate>;

/** Both sides, each on a stage of its own. One after the other: roles belong to the whole server, and migrating alters them. */
async function contestants(bench: BenchServers, work: Work): Promise<Contestant[]> {
  const sides: Contestant[] = [];
  for (const { name, program, setup } of PROGRAMS) {
    const stage = await consumerStage(bench, program);
    sides.push({ name, setup, run: () => work(stage) });
  }
  return sides;
}

/** Milliseconds from a blow to the effect of the next event. */
function recovery(blow: (stage: ConsumerStage) => Promise<unknown>): Work {
  return async (stage) => {
    await stage.append(1);
    await stage.settled();
    const begin = performance.now();
    await blow(stage);
    await stage.append(1);
    await stage.settled();
    return { figure: performance.now() - begin };
  };
}

/** From the log through JetStream to an effect in Postgres, in another process. */
export const consumer: WorkloadFile = async (bench) => [
  {
    name: 'consumer',
    title: `${EVENTS} events from their append to their effects, through relay, JetStream and a consumer`,
    limit: 'the consumer’s statements: one for each effect; commits are shared by a batch',
    contestants: await contestants(bench, async (stage) => {
      const begin = performance.now();
      await stage.append(EVENTS);
      await stage.settled();
      return { figure: EVENTS / ((performance.now() - begin) / 1000) };
    }),
  },
];

/** How long until events have effects again. */
export const recoveries: WorkloadFile = async (bench) => [
  {
    name: 'recovery-nats-server',
    title: 'nats-server killed (-9) and started again at once: until the next event’s effect',
    limit: 'nats-server’s start, then reconnecting; the relay is the same on both sides',
    unit: 'ms',
    repetitions: 10,
    contestants: await contestants(
      bench,
      recovery(({ nats }) => nats.kill().then(() => nats.restart())),
    ),
  },
  {
    name: 'recovery-consumer',
    title:
      'the consumer’s process killed (-9) and started again at once: until the next event’s effect',
    limit: 'Node’s start and loading the program',
    unit: 'ms',
    repetitions: 10,
    contestants: await contestants(
      bench,
      recovery((stage) => stage.restartConsumer()),
    ),
  },
];
