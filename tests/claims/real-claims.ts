import {
  syncResourceSchema,
  type Coverage,
  type EventData,
  type RecordedEvent,
} from '@recoup/contracts';
import { costsFrom, detectors, examineSeller, factsAtHand, type RowsRead } from '@recoup/detection';
import {
  claimState,
  eventOf,
  fromCommand,
  type ClaimFinding,
  type ClaimState,
} from '@recoup/domain';
import { identify, type Fact, type FactData, type FactKind } from '@recoup/facts';
import { readRows } from '@recoup/model';
import { calendarOf, makeWorld, sellerOf, type WorldOptions } from '@recoup/sandbox';

/** A claim that the detectors made of a simulated seller, beside what is known of it. */
export interface RealClaim {
  readonly finding: ClaimFinding;
  readonly cited: readonly Fact[];
  readonly ofOrder: readonly Fact[];
  readonly ofProduct: readonly Fact[];
}

export interface WorldToRead extends Partial<Pick<WorldOptions, 'orders' | 'size'>> {
  readonly seller?: string;
  readonly seed: number;
  readonly day?: string;
  /** Whether the ledger has the columns in which Amazon states what is open. */
  readonly statesOpen?: boolean;
}

/** All claims that the detectors find in what Amazon tells of a simulated seller, and in what the seller says. */
export async function realClaims(options: WorldToRead): Promise<readonly RealClaim[]> {
  const { seller: id = 'A2HARBORPINE01', seed, orders = 1500, size = {} } = options;
  const { day = '2026-11-21', statesOpen = true } = options;
  const calendar = calendarOf(day);
  const world = await makeWorld({ seller: sellerOf(id), seed, orders, size, calendar });
  const rows = readRows(world, { statesOpen, unreadPayments: 0 });
  const whole: Coverage = { state: 'complete', from: calendar.name(0), to: day };
  const { words } = world.truth.bySellersWord;
  const known = {
    tenantId: id,
    asOf: new Date(world.truth.asOf),
    coverage: Object.fromEntries(syncResourceSchema.options.map((source) => [source, whole])),
    costs: costsFrom(words.filter((word) => word.kind === 'cost')),
    assertions: words.filter((word) => word.kind === 'loss'),
  };
  const book = bookOf(rows);
  const claims: RealClaim[] = [];
  for await (const { findings } of examineSeller(factsAtHand(rows), { detectors }, known)) {
    for (const finding of findings) claims.push({ finding, ...book.of(finding) });
  }
  return claims;
}

function bookOf(rows: RowsRead) {
  const all = (Object.keys(rows) as FactKind[]).flatMap((kind) =>
    identify(kind, (rows[kind] ?? []) as readonly FactData[typeof kind][]).map(
      (fact) => ({ kind, ...fact }) as unknown as Fact,
    ),
  );
  const byName = new Map(all.map((fact) => [`${fact.kind} ${fact.key}`, fact]));
  const byOrder = grouped(all, orderOf);
  const paid = grouped(all, ({ kind, data }) => (kind === 'reimbursement' ? data.fnsku : null));
  return {
    of({ sources, subject }: ClaimFinding): Omit<RealClaim, 'finding'> {
      return {
        cited: sources.flatMap(({ kind, key }) => byName.get(`${kind} ${key}`) ?? []),
        ofOrder: subject.orderId === null ? [] : (byOrder.get(subject.orderId) ?? []),
        ofProduct: paid.get(subject.fnsku) ?? [],
      };
    },
  };
}

function grouped(all: readonly Fact[], by: (fact: Fact) => string | null): Map<string, Fact[]> {
  const groups = new Map<string, Fact[]>();
  for (const fact of all) {
    const key = by(fact);
    const group = groups.get(key ?? '');
    if (group) group.push(fact);
    else if (key !== null) groups.set(key, [fact]);
  }
  return groups;
}

function orderOf({ kind, data }: Fact): string | null {
  if (kind === 'replacement') return data.originalOrderId;
  const ofOrders = kind === 'transaction' || kind === 'customerReturn' || kind === 'reimbursement';
  return ofOrders ? data.orderId : null;
}

/** The claim as its first event makes it. */
export function claimOf(finding: ClaimFinding): ClaimState {
  const data: EventData<'claim.detected'> = { ...finding, detectionId: 'detection_1' };
  const cause = fromCommand('service:detection', new Date('2026-11-21T00:00:00Z'));
  const event = eventOf('claim.detected', data, { cause });
  const state = claimState([{ ...event, streamVersion: 1, position: 1 } as RecordedEvent]);
  if (!state) throw new Error('a detected event makes a claim');
  return state;
}
