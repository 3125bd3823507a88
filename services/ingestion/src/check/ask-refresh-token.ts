import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { BadSetting } from '@recoup/service-kit';

/** Typed or pasted letters go nowhere: the token must not stand on a screen or in its history. */
const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });

/** The first line of standard input. At a terminal it is asked for, and not echoed. */
export async function askRefreshToken(): Promise<string> {
  const terminal = process.stdin.isTTY;
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal });
  // Asked only now: what is pasted before the interface has the terminal, the terminal itself echoes.
  if (terminal) process.stderr.write('Refresh token (Atzr|…; it is not shown): ');
  for await (const line of lines) {
    lines.close();
    if (terminal) process.stderr.write('\n');
    if (line.trim() !== '') return line.trim();
    break;
  }
  throw new BadSetting('AMAZON_REFRESH_TOKEN is not set, and standard input holds no token');
}
