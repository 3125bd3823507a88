import type { ClaimSubtype } from '@recoup/contracts';
import { awaitsFiling } from '@recoup/domain';
import { fromMinor, toMinor } from '@recoup/kernel';
import type { Books } from './books.js';
import { isPast, wasFiledBy } from './claim-standing.js';
import type { Credit } from './credit.js';
import type { Conflict, Match, Payee } from './match.js';

/**
 * Which claim a transaction is for that no report tells of. It is counted whole, for one claim: by its order or shipment where
 * one claim alone is about it; else by product and exact sum, which one claim alone expects. Where several could be meant
 * nothing is counted, and that is said once; where none expects it, what it is for is not known.
 */
export function countCredit(credit: Credit, books: Books): readonly (Match | Conflict)[] {
  if (books.used(credit.key) > 0) return [];
  const owners = credit.minor < 0n ? takenFrom(credit, books) : meantBy(credit, books);
  const [first, ...others] = owners;
  if (!first) return [];
  if (others.length > 0) return conflictOver(credit, owners);
  return [matchOf(credit, first)];
}

interface Owner {
  readonly payee: Payee;
  readonly as: Match['as'];
  readonly units: number;
  readonly original: string | null;
}

function meantBy(credit: Credit, books: Books): readonly Owner[] {
  const candidates = books.payees.filter(
    (payee) => mayBePaidBy(credit, payee) && books.owed(payee) > 0,
  );
  const isNamed = credit.orderId !== null || credit.shipmentId !== null;
  const expecting = candidates.filter((payee) => expects(payee, credit, books));
  const meant = isNamed && expecting.length !== 1 ? candidates : expecting;
  return meant.map((payee) => ({
    payee,
    as: wasFiledBy(credit.day, payee.state) ? 'paid' : 'unasked',
    units: Math.max(1, Math.min(credit.units ?? Infinity, books.owed(payee))),
    original: null,
  }));
}

/** Whether a claim is of its kind and about what it names, older than it, and was found before it was known. */
function mayBePaidBy(credit: Credit, payee: Payee): boolean {
  const { state, foundAsOf } = payee;
  if (credit.firstBatch <= foundAsOf || credit.day < state.lossDay) return false;
  if (isPast(credit.firstBatch, payee)) return false;
  // Of fees the next detection reads itself what was given back, and claims less: counted here as well it would be taken twice.
  if (credit.of === 'fee' && awaitsFiling(state)) return false;
  return isOfKind(credit, state.subtype) && namesTheSame(credit, payee);
}

function namesTheSame(credit: Credit, { state: { subject } }: Payee): boolean {
  if (credit.shipmentId !== null) return credit.shipmentId === subject.shipmentId;
  if (credit.fnsku !== null && credit.fnsku !== subject.fnsku) return false;
  if (credit.sku === null) return credit.orderId !== null && credit.orderId === subject.orderId;
  if (credit.sku !== subject.sku) return false;
  // A fee is claimed for a product, whatever the orders it was charged for.
  if (credit.of === 'fee' && subject.orderId === null) return true;
  return credit.orderId === subject.orderId;
}

/** Claims about money of fees are answered by fees, and by what Amazon pays without saying what for. */
function isOfKind({ of, subtypes }: Credit, subtype: ClaimSubtype): boolean {
  if (subtypes !== null) return subtypes.includes(subtype);
  return of === 'stock' || !OF_FEES.has(subtype);
}

const OF_FEES: ReadonlySet<ClaimSubtype> = new Set([
  'fulfilment_fee_overcharge',
  'storage_fee_overcharge',
  'referral_fee_error',
  'inbound_defect_fee',
  'unused_label_fee',
]);

/** The sum that Amazon agreed to, else the one that is claimed, less what came; or that of the units that it names. */
function expects(payee: Payee, { currency, minor, units }: Credit, books: Books): boolean {
  const { decision, assessment } = payee.state;
  const { perUnit, total } = assessment.value;
  const whole = decision?.amount ?? total;
  if (whole?.currency === currency) {
    const open = toMinor(whole) - books.moneyOf(payee, currency);
    if (open === minor) return true;
  }
  if (perUnit?.currency !== currency || units === null || units > books.owed(payee)) return false;
  return toMinor(perUnit) * BigInt(units) === minor;
}

/** The claims of the product that were paid exactly this sum under one reference, none of it taken back. */
function takenFrom(credit: Credit, books: Books): readonly Owner[] {
  return books.payees
    .filter(({ state }) => credit.sku !== null && state.subject.sku === credit.sku)
    .flatMap((payee) => {
      const original = books
        .references(payee)
        .find((one) => books.moneyUnder(payee, one, credit.currency) === -credit.minor);
      if (original === undefined || credit.firstBatch <= payee.foundAsOf) return [];
      const units = Math.max(1, books.paidUnder(payee, original));
      return [{ payee, as: 'reversed', units, original } as const];
    });
}

function matchOf(credit: Credit, { payee, as, units, original }: Owner): Match {
  const { key: fact, reference, day, currency, minor } = credit;
  const { claimId, subject } = payee.state;
  return {
    ...{ claimId, as, reference, day, currency, original },
    fnsku: subject.fnsku,
    share: { fact, from: 0, units },
    money: fromMinor(minor < 0n ? -minor : minor, currency),
    unitsInKind: 0,
    caseId: null,
  };
}

function conflictOver(
  { key: fact, reference, day }: Credit,
  owners: readonly Owner[],
): readonly Conflict[] {
  const states = owners.map(({ payee }) => payee.state);
  const [first] = states;
  if (!first || states.some(({ conflicts }) => conflicts.includes(fact))) return [];
  const ids = states.map(({ claimId }) => claimId).join(' or ');
  const reasons = [`Transaction ${reference} of ${day} could be for ${ids}`];
  return [{ claimId: first.claimId, as: 'conflict', fact, reference, reasons }];
}
