import { sleep } from '@recoup/kernel';
import type { Arena } from './arena.js';
import type { Blow } from './blow.js';
import { CALM, type Mood } from './wire.js';

type WireBlow = Extract<Blow, { readonly wire: unknown }>;

/** Between two cuts, in milliseconds: about as long as clients take to come back. */
const BETWEEN_CUTS_MS = 300;

/** Does something to a wire, and calms it again. Answers when it was calm, by the performance clock. */
export async function strikeWire({ wires }: Arena, blow: WireBlow): Promise<number> {
  const wire = wires[blow.wire];
  if (blow.kind === 'cut') {
    for (let nth = 0; nth < blow.times; nth += 1) {
      if (nth > 0) await sleep(BETWEEN_CUTS_MS);
      wire.cut();
    }
    return performance.now();
  }
  if (blow.kind === 'forget') {
    wire.forget();
    return performance.now();
  }
  wire.turn(moodOf(blow));
  if (blow.kind === 'part') wire.cut();
  await sleep(blow.forMs);
  wire.turn(CALM);
  return performance.now();
}

function moodOf(blow: Exclude<WireBlow, { readonly kind: 'cut' | 'forget' }>): Partial<Mood> {
  switch (blow.kind) {
    case 'part':
      return { down: true };
    case 'freeze':
      return { frozen: true };
    case 'slow':
      return { delayMs: blow.delayMs, bytesPerSecond: blow.bytesPerSecond };
  }
}
