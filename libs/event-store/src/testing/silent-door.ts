import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

/** A way to a server on which connections can fall silent without either end being told. */
export interface SilentDoor extends AsyncDisposable {
  /** The same database, through this door. */
  readonly url: string;
  /** Nothing goes through any more on the connections there are, and no new ones are taken. */
  silence(): void;
}

export async function openSilentDoor(databaseUrl: string): Promise<SilentDoor> {
  const target = new URL(databaseUrl);
  const pairs: (() => void)[] = [];
  const ends: (() => void)[] = [];
  let silent = false;
  const server = createServer((client) => {
    if (silent) return void client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    client.pipe(upstream).pipe(client);
    const all = [client, upstream];
    for (const end of all) end.on('error', () => undefined);
    pairs.push(() => all.forEach((end) => end.unpipe().pause()));
    ends.push(() => all.forEach((end) => end.destroy()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    silence() {
      silent = true;
      for (const fallSilent of pairs) fallSilent();
    },
    async [Symbol.asyncDispose]() {
      ends.forEach((end) => end());
      server.close();
      await once(server, 'close');
    },
  };
}
