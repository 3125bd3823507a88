import { randomFrom, seedOf } from '../random.js';
import { BODIES, NO_ANSWER, type Fault, type FaultMode } from './fault.js';

/** The failures that were ordered. Each is used up by being asked for. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** The failure of this call as a whole: a refusal, or no answer at all. `reportType` is what createReport asks for. */
  ofCall(operation: string, sellerId: string, reportType?: string): Fault | undefined;
  /** How the body of this call's answer is to arrive. */
  ofBody(operation: string, sellerId: string): Fault | undefined;
  /** Whether something the call sets off is to end in one of these ways. */
  ofEffect<M extends FaultMode>(
    operation: string,
    sellerId: string,
    modes: readonly M[],
    reportType?: string,
  ): M | undefined;
  /** How often each kind of failure has happened so far, taken back or not. */
  struck(): Strikes[];
}

export interface Strikes {
  readonly operation: Fault['operation'];
  /** A status such as `503`, or a mode. */
  readonly kind: string;
  readonly times: number;
}

interface Pending {
  readonly fault: Fault;
  readonly left: number;
  /** Calls that could have failed, by seller. */
  readonly asked: Map<string, number>;
}

export function faults(): Faults {
  let pending: Pending[] = [];
  const happened = new Map<string, Strikes>();
  const note = ({ operation, status, mode }: Fault): void => {
    const kind = String(status ?? mode);
    const times = (happened.get(`${operation} ${kind}`)?.times ?? 0) + 1;
    happened.set(`${operation} ${kind}`, { operation, kind, times });
  };
  const take = (operation: string, sellerId: string, matches: (fault: Fault) => boolean) => {
    const found = pending.find(
      (one) =>
        one.fault.operation === operation &&
        (one.fault.sellerId === undefined || one.fault.sellerId === sellerId) &&
        matches(one.fault) &&
        strikes(one, sellerId),
    );
    if (!found) return undefined;
    pending = pending
      .map((one) => (one === found ? { ...one, left: one.left - 1 } : one))
      .filter(({ left }) => left > 0);
    note(found.fault);
    return found.fault;
  };
  const takeMode = (operation: string, sellerId: string, modes: readonly FaultMode[]) =>
    take(operation, sellerId, ({ mode }) => modes.some((one) => one === mode));
  return {
    add: (fault) => {
      const left = fault.times === 'always' ? Number.POSITIVE_INFINITY : fault.times;
      pending.push({ fault, left, asked: new Map() });
    },
    clear: () => void (pending = []),
    struck: () => [...happened.values()],
    ofCall: (operation, sellerId, reportType) =>
      take(
        operation,
        sellerId,
        (fault) =>
          (fault.status !== undefined || NO_ANSWER.some((one) => one === fault.mode)) &&
          isOfType(fault, reportType),
      ),
    ofBody: (operation, sellerId) => takeMode(operation, sellerId, BODIES),
    ofEffect: (...[operation, sellerId, modes, reportType]) => {
      const fault = take(
        operation,
        sellerId,
        (one) => modes.some((mode) => mode === one.mode) && isOfType(one, reportType),
      );
      return modes.find((one) => one === fault?.mode);
    },
  };
}

function isOfType({ reportType }: Fault, asked: string | undefined): boolean {
  return reportType === undefined || reportType === asked;
}

/** Drawn by the number of the seller's call, not by the order in which sellers call: others change nothing for one. */
function strikes({ fault, asked }: Pending, sellerId: string): boolean {
  if (fault.probability === 1) return true;
  const n = asked.get(sellerId) ?? 0;
  asked.set(sellerId, n + 1);
  const { seed, operation, status, mode, probability } = fault;
  return randomFrom(seedOf(seed, operation, status ?? mode ?? '', sellerId, n))() < probability;
}
