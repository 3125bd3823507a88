import { eventually, natsServer, type NatsServer } from '@recoup/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBus, type Bus } from './bus.js';

let nats: NatsServer;
let here: Bus;
let there: Bus;

beforeAll(async () => {
  nats = await natsServer();
  [here, there] = await Promise.all([
    openBus({ url: nats.url, name: 'here' }),
    openBus({ url: nats.url, name: 'there' }),
  ]);
});
afterAll(async () => {
  await Promise.all([here[Symbol.asyncDispose](), there[Symbol.asyncDispose]()]);
  await nats[Symbol.asyncDispose]();
});

function listen(bus: Bus, subject: string): { heard: unknown[]; stop: () => void } {
  const heard: unknown[] = [];
  const stop = bus.hear(subject, { listener: (body) => heard.push(body), onError: () => {} });
  return { heard, stop };
}

it('given several processes that hear a subject, then each is told, the teller too', async () => {
  const [mine, other, elsewhere] = [
    listen(here, 'news'),
    listen(there, 'news'),
    listen(there, 'olds'),
  ];
  await eventually(() => {
    here.announce('news', { n: 1 });
    return mine.heard.length > 0 && other.heard.length > 0;
  });
  expect(other.heard[0]).toEqual({ n: 1 });
  expect(elsewhere.heard).toEqual([]);
});

it('given a listener that stopped, then it hears no more', async () => {
  const [stopped, stays] = [listen(there, 'leaving'), listen(there, 'leaving')];
  stopped.stop();
  await eventually(() => {
    here.announce('leaving', {});
    return stays.heard.length > 0;
  });
  expect(stopped.heard).toEqual([]);
});

it('given a listener that throws, then the error is reported, and the next announcement is heard', async () => {
  const errors: string[] = [];
  const heard: unknown[] = [];
  there.hear('moody', {
    listener: (body) => {
      heard.push(body);
      throw new Error('not today');
    },
    onError: ({ message }) => errors.push(message),
  });
  await eventually(() => {
    here.announce('moody', heard.length);
    return heard.length > 1;
  });
  expect(errors[0]).toBe('moody: not today');
});

it('given a server that goes and comes back, then announcing throws nothing and is heard again', async () => {
  const { heard } = listen(there, 'comeback');
  await nats.kill();
  await eventually(() => !here.healthy());
  here.announce('comeback', 'while away');
  await nats.restart();
  await eventually(() => {
    here.announce('comeback', 'after');
    return heard.includes('after');
  });
});
