import { randomFrom, seedOf, type Random } from '../random.js';
import type { World } from '../world/world.js';
import { openBooks, type CaseTruth } from './case-truth.js';
import type { Desk } from './desks.js';
import { gauss, lastingDays } from './draws.js';
import { weightOf } from './packet-weight.js';

/** What is laid before the desk: the case, and what its papers show. */
export interface Packet {
  readonly subtype: string;
  readonly fnsku: string;
  /** Ids that the case names: of ledger rows, an order, a shipment, a removal, a payment. */
  readonly names: readonly string[];
  readonly units: number;
  /** Calendar days. */
  readonly lossDay: string;
  readonly ageDays: number;
  readonly daysLeft: number;
  /** Share of the units of which the papers quote Amazon's own statement that they are open. */
  readonly quotedOpen: number;
  /** Whether the papers show an amount that was paid for such a unit, or what it cost. */
  readonly showsAmount: boolean;
  /** Fulfilment centres that appear in the papers. */
  readonly places: number;
  /** Whether every movement in the papers has its other half. */
  readonly isWhole: boolean;
  /** Share of the papers that Amazon's own ids tie together. */
  readonly tied: number;
  readonly sellable: boolean;
  /** Cases about the same that the desk has worked before; none where it is not said. */
  readonly before?: number;
}

export type Decision =
  | { readonly approved: true; readonly units: number }
  | {
      readonly approved: false;
      readonly why:
        'not_owed' | 'settled_unasked' | 'too_late' | 'decided_before' | 'not_convinced';
    };

export interface OpenDesk {
  /** Decides a case. The same world, desk and case get the same decision, in whatever order they come. */
  decide(packet: Packet): Decision;
}

/** A desk over the books of a world. What it decides follows from causes that no packet tells. */
export function openDesk(world: World, desk: Desk, books = openBooks(world)): OpenDesk {
  const { seller, calendar } = world;
  return {
    decide(packet) {
      const { subtype, fnsku, names: told, before = 0 } = packet;
      // An appeal is read by somebody else, on a day of its own: the same reader would say the same again.
      const names = [subtype, fnsku, ...told, ...(before > 0 ? [`appeal ${before}`] : [])];
      const random = randomFrom(seedOf('case', desk.name, seller.id, ...names));
      // One reviewer's day is the same for all that is decided on it.
      const day = Math.floor(random() * DESK_DAYS);
      const mood = gauss(randomFrom(seedOf('mood', desk.name, seller.id, calendar.anchorDay, day)));
      return decided(packet, books.of(packet), { desk, random, mood });
    },
  };
}

/** Cases of one detection are spread over so many days of the desk. */
const DESK_DAYS = 10;
/** Share of cases of which a part was paid before in which that payment is held to be the last word. */
const LAST_WORD = 0.75;

interface Sitting {
  readonly desk: Desk;
  readonly random: Random;
  readonly mood: number;
}

function decided(packet: Packet, truth: CaseTruth, sitting: Sitting): Decision {
  const { desk, random, mood } = sitting;
  // Every case draws the same number of times, so that one cause switched off moves no other.
  const luck = random();
  const settled = random() < settlesUnasked(packet.ageDays, desk);
  const late = isLate(packet, desk, random);
  const before = random() < truth.paidShare * LAST_WORD;
  const weight = weightOf(packet, truth, desk) + desk.reading * gauss(random);
  const convinced = weight > desk.strictness + desk.moods * mood;
  if (luck < desk.luck) return random() < 0.5 ? approval(packet, truth) : refusal('not_convinced');
  if (truth.owed === 0) return refusal('not_owed');
  if (settled) return refusal('settled_unasked');
  if (before) return refusal('decided_before');
  if (late) return refusal('too_late');
  return convinced ? approval(packet, truth) : refusal('not_convinced');
}

function approval({ units }: Packet, { owed }: CaseTruth): Decision {
  return { approved: true, units: owed === 0 ? units : Math.min(units, owed) };
}

function refusal(why: Extract<Decision, { approved: false }>['why']): Decision {
  return { approved: false, why };
}

/** The chance that a loss which is open at this age is still put right unasked, before the desk comes to it. */
export function settlesUnasked(ageDays: number, { unasked }: Desk): number {
  const waiting = unasked.share * Math.exp(-Math.max(0, ageDays) / unasked.meanDays);
  return waiting / (waiting + 1 - unasked.share);
}

/** What is asked back must be answered within the window. */
function isLate({ daysLeft }: Packet, { answer, asksBack }: Desk, random: Random): boolean {
  const asked = random() < asksBack;
  const days = lastingDays(answer, random);
  return asked && days > daysLeft;
}
