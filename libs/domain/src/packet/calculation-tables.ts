import type { AllocationLine } from '@recoup/contracts';
import { fromMinor, sumByCurrency, toMinor } from '@recoup/kernel';
import { answerOf } from '../claim-answer.js';
import type { ClaimState } from '../claim-state.js';
import {
  decimal,
  factsOf,
  text,
  type Cell,
  type PacketFact,
  type PacketTable,
} from './packet-table.js';

/** How what is claimed follows: units set off one against another, charges beside what was right, a payment beside what was due. */
export function calculationTables(
  claim: ClaimState,
  facts: readonly PacketFact[],
): readonly PacketTable[] {
  const size = sizeTable(claim, facts);
  return [calculationOf(claim), ...(size.rows.length > 0 ? [size] : [])];
}

function calculationOf(claim: ClaimState): PacketTable {
  const kinds = new Set(claim.assessment.allocation.map(({ kind }) => kind));
  if (!kinds.has('expected')) return allocation(claim);
  return kinds.has('charged') ? fees(claim) : value(claim);
}

/** The trace of the units, line by line, and what is left of them. */
function allocation({ assessment }: ClaimState): PacketTable {
  const lines = assessment.allocation;
  const priced = lines.some(({ amount }) => amount !== undefined);
  const rows = lines.map((line): readonly Cell[] => [
    { day: line.day },
    { word: line.kind },
    { units: line.quantity },
    ...(priced ? [line.amount ? { money: line.amount } : null] : []),
    text(line.reference),
    text(line.facility),
  ]);
  const total = assessment.value.total;
  const left: readonly Cell[] = [
    ...[null, { word: 'left' } as const, { units: assessment.quantity }],
    ...(priced ? [total && { money: total }] : []),
    ...[null, null],
  ];
  const columns = ['day', 'what', 'units', ...(priced ? (['amount'] as const) : [])] as const;
  return {
    name: 'allocation',
    columns: [...columns, 'reference', 'centre'],
    rows: [...rows, left],
  };
}

/** Of each day's charges what was charged, what would have been right, and the difference; then their sums. */
function fees({ assessment }: ClaimState): PacketTable {
  const pairs = assessment.allocation.flatMap((line, index) => {
    const next = assessment.allocation[index + 1];
    if (line.kind !== 'charged') return [];
    return [{ charged: line, expected: next?.kind === 'expected' ? next : null }];
  });
  const rows = pairs.map(({ charged, expected }): readonly Cell[] => [
    ...[{ day: charged.day }, text(charged.reference), { units: charged.quantity }],
    ...[moneyOf(charged), expected && moneyOf(expected), difference(charged, expected)],
  ]);
  const claimed = assessment.value.total && { money: assessment.value.total };
  const total: readonly Cell[] = [
    ...[null, { word: 'sum' } as const, { units: assessment.quantity }],
    sumOf(pairs.map(({ charged }) => charged)),
    sumOf(pairs.flatMap(({ expected }) => expected ?? [])),
    claimed,
  ];
  const columns = ['day', 'reference', 'units', 'charged', 'expected', 'difference'] as const;
  return { name: 'fees', columns, rows: [...rows, total] };
}

/** Charges are of one currency: a claim has one. */
function sumOf(lines: readonly AllocationLine[]): Cell {
  const [sum] = sumByCurrency(lines.flatMap(({ amount }) => amount ?? []));
  return sum ? { money: sum } : null;
}

/** What should have been paid, what was paid, and what is left of the one after the other. */
function value({ assessment }: ClaimState): PacketTable {
  const rows = assessment.allocation.map((line): readonly Cell[] => [
    ...[{ day: line.day }, { word: line.kind }, text(line.reference)],
    ...[{ units: line.quantity }, moneyOf(line)],
  ]);
  const total = assessment.value.total && { money: assessment.value.total };
  const last: readonly Cell[] = [
    ...[null, { word: 'difference' } as const, null],
    ...[{ units: assessment.quantity }, total],
  ];
  const columns = ['day', 'what', 'reference', 'units', 'amount'] as const;
  return { name: 'value', columns, rows: [...rows, last] };
}

function moneyOf({ amount }: AllocationLine): Cell {
  return amount ? { money: amount } : null;
}

function difference(charged: AllocationLine, expected: AllocationLine | null): Cell {
  if (!charged.amount || !expected?.amount) return null;
  const { currency } = charged.amount;
  return { money: fromMinor(toMinor(charged.amount) - toMinor(expected.amount), currency) };
}

/** What the unit measures: as Amazon states it, and as the seller measured it. */
function sizeTable(claim: ClaimState, facts: readonly PacketFact[]): PacketTable {
  const stated = [
    ...factsOf(facts, 'feePreview').map(({ measure }) => measure),
    ...factsOf(facts, 'storageFee').map(({ measure }) => measure),
  ].map((one): readonly Cell[] => [
    text('Amazon'),
    decimal(one.longestSide, one.lengthUnit),
    decimal(one.medianSide, one.lengthUnit),
    decimal(one.shortestSide, one.lengthUnit),
    decimal(one.weight, one.weightUnit),
  ]);
  const own = answerOf(claim, 'measured_size')?.size;
  const told = own
    ? [
        [
          { word: 'seller' } as const,
          ...[own.longest, own.median, own.shortest].map((side) => decimal(side, own.lengthUnit)),
          decimal(own.weight, own.weightUnit),
        ],
      ]
    : [];
  const once = new Map([...stated, ...told].map((row) => [JSON.stringify(row), row]));
  const columns = ['source', 'longest', 'median', 'shortest', 'weight'] as const;
  return { name: 'size', columns, rows: [...once.values()] };
}
