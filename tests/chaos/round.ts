import type { ProcessName } from '../product/index.js';

/** When a blow falls: told by what has happened, and then a little later. */
export type Moment = (
  | {
      readonly in: 'sync';
      /** The first frame with at least this progress. */ readonly progress: number;
    }
  | {
      readonly in: 'detection' | 'filing';
      readonly event: string;
      /** So much of all events of this type that an undisturbed run has: above 0, at most 1. */
      readonly share: number;
    }
) & { readonly laterMs: number };

/** What happens then. */
export type Blow =
  | {
      readonly kind: 'kill';
      readonly victim: ProcessName;
      /** How long it stays down. */ readonly downMs: number;
    }
  | { readonly kind: 'lose the store of nats-server'; readonly while: 'down' }
  | {
      readonly kind: 'lose the store of nats-server';
      readonly while: 'running';
      /** A server that runs on holds its files open and may not notice; one that is killed comes back empty. */
      readonly killedAfterMs: number | null;
    }
  | { readonly kind: 'kill the launcher' };

export interface Round {
  readonly name: string;
  readonly moment: Moment;
  readonly blow: Blow;
}

/** A round in words, such as `kill gateway (down 0.8 s) at 43 % of the sync`. */
export function describeRound(moment: Moment, blow: Blow): string {
  return `${describeBlow(blow)} ${describeMoment(moment)}`;
}

function describeBlow(blow: Blow): string {
  if (blow.kind === 'kill the launcher') return blow.kind;
  if (blow.kind !== 'kill') return describeLoss(blow);
  return `kill ${blow.victim}${blow.downMs > 0 ? ` (down ${(blow.downMs / 1000).toFixed(1)} s)` : ''}`;
}

function describeLoss(blow: Extract<Blow, { readonly while: unknown }>): string {
  const then =
    blow.while === 'running' && blow.killedAfterMs !== null
      ? `, killed ${blow.killedAfterMs} ms later,`
      : '';
  return `${blow.kind} while it is ${blow.while}${then}`;
}

function describeMoment(moment: Moment): string {
  const later = `+ ${moment.laterMs} ms`;
  if (moment.in === 'sync') return `at ${moment.progress} % of the sync ${later}`;
  return `in ${moment.in}, after ${Math.round(moment.share * 100)} % of ${moment.event} ${later}`;
}
