import type { ProcessName } from '../../product/index.js';

/** Services run under the launcher; the others are servers of the test. */
export const SERVICES = ['gateway', 'ingestion', 'detection', 'evidence'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** What is done to the product. */
export type Blow =
  | { readonly kind: 'kill'; readonly victims: readonly ProcessName[]; readonly downMs: number }
  /** SIGKILL to one process of Postgres that serves a client: the server then starts all anew by itself. */
  | { readonly kind: 'kill a backend' }
  /** SIGSTOP beyond the lease while another instance runs, then SIGCONT. `lockLost`: its locks are lost meanwhile. */
  | {
      readonly kind: 'pause';
      readonly victim: ServiceName;
      readonly beyondMs: number;
      readonly lockLost: boolean;
    }
  /** Connections are reset, several times. */
  | { readonly kind: 'cut'; readonly wire: WireName; readonly times: number }
  /** Connections are reset, and new ones are refused for a while. */
  | { readonly kind: 'part'; readonly wire: WireName; readonly forMs: number }
  /** Nothing goes through for a while, and then all of it. */
  | { readonly kind: 'freeze'; readonly wire: WireName; readonly forMs: number }
  /** The connections there are fall silent for good, and neither end is told; new ones work. */
  | { readonly kind: 'forget'; readonly wire: WireName }
  /** Every piece of data is late, and few go through. */
  | {
      readonly kind: 'slow';
      readonly wire: WireName;
      readonly forMs: number;
      readonly delayMs: number;
      readonly bytesPerSecond: number;
    }
  /** The bus loses what it stored: with its server down, or under it, and then the server dies. */
  | { readonly kind: 'wipe'; readonly killedAfterMs: number | null }
  /** The disk under JetStream is full for a while. */
  | { readonly kind: 'disk full'; readonly forMs: number }
  /** A relay and a projector for every shard beside those that own them, from the start of the round on. */
  | { readonly kind: 'rivals' }
  /** No blow, but what an operator may do at any time: all read models are folded anew and exchanged. */
  | { readonly kind: 'rebuild' }
  /** Everybody's time goes on by so much at once. */
  | { readonly kind: 'clock jumps'; readonly seconds: number }
  /**
   * One service's clock is wrong for the rest of the round. It is started anew, since it does not let its clock go back
   * while it runs: so it meets one that is behind what it has written itself.
   */
  | { readonly kind: 'clock wrong'; readonly victim: ServiceName; readonly byMs: number };

/** What services reach over a wire. */
export type WireName = 'postgres' | 'nats' | 'amazon';

/** When: so much of what a usual round appends to the log, and a little later. */
export interface Moment {
  readonly share: number;
  readonly laterMs: number;
}

export interface BatterRound {
  readonly nth: number;
  readonly moment: Moment;
  readonly blow: Blow;
  /** A seller connects before it: a first sync, with many claims. */
  readonly newSeller: boolean;
  /** By how much the clock is moved before it, in seconds: something new has happened to the sellers. */
  readonly passSeconds: number;
}

/** The kind of a blow, as the report counts it. */
export function kindOf(blow: Blow): string {
  switch (blow.kind) {
    case 'kill':
      return blow.victims.length > 1 ? 'kill two at once' : `kill ${blow.victims[0]}`;
    case 'pause':
      return `pause ${blow.victim}${blow.lockLost ? ', locks lost' : ''}`;
    case 'wipe':
      return `the bus loses its store${blow.killedAfterMs === null ? ', down' : ', running'}`;
    case 'rebuild':
      return 'all read models rebuilt';
    case 'rivals':
      return 'two relays and two projectors';
    case 'clock wrong':
      return blow.byMs < 0 ? 'clock behind' : 'clock ahead';
    default:
      return 'wire' in blow ? `${blow.kind} the way to ${blow.wire}` : blow.kind;
  }
}
