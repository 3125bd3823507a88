import { once } from 'node:events';

/**
 * Writes to stdout at the pace of whoever reads it, in the order of the calls. A reader that has seen enough (`| head`) ends
 * the process, as it would end any other program.
 */
export class Output {
  #turn: Promise<unknown> = Promise.resolve();

  constructor() {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(0);
    });
  }

  write(text: string): Promise<void> {
    const written = this.#turn.then(async () => {
      if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    });
    this.#turn = written;
    return written;
  }

  line(value: unknown): Promise<void> {
    return this.write(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`);
  }
}
