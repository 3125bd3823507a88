import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A malware scanner that finds nothing, and can be made to let everybody wait. */
export interface HeldScanner extends AsyncDisposable {
  /** As `MALWARE_SCAN_URL` has it. */
  readonly url: string;
  /** Files that wait for an answer. */
  readonly waiting: number;
  hold(): void;
  /** Answers whoever waits, and from now on at once. */
  release(): void;
}

/** Behind the last piece of a file: one of length zero. */
const END = Buffer.alloc(4);

export async function openHeldScanner(): Promise<HeldScanner> {
  let held = false;
  const waiting = new Set<Socket>();
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('close', () => waiting.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      // No file of these tests ends in zeros.
      if (!chunk.subarray(-END.length).equals(END)) return;
      if (held) waiting.add(socket);
      else socket.end('stream: OK\0');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const release = (): void => {
    held = false;
    for (const socket of waiting) socket.end('stream: OK\0');
  };
  return {
    url: `tcp://127.0.0.1:${port}`,
    get waiting() {
      return waiting.size;
    },
    hold: () => void (held = true),
    release,
    async [Symbol.asyncDispose]() {
      release();
      await new Promise((closed) => server.close(closed));
    },
  };
}
