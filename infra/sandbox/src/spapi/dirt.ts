import { between, pick, randomFrom, seedOf, type Random } from '../random.js';
import type { World } from '../world/world.js';
import { dirtyLedgerRow, isLate } from './dirty-ledger.js';
import { dirtyReimbursement } from './dirty-reimbursement.js';
import type { ReportType } from './report-type.js';

/** How reports are told badly, as Amazon's are: a share of their rows, drawn from a seed. */
export interface Dirt {
  /** 0: clean; 1: all that can be told badly is. */
  readonly share: number;
  readonly seed: number;
}

/** What a row is changed with. The same row is told the same way in every report of a seller. */
export interface RowDirt {
  readonly random: Random;
  readonly share: number;
  readonly world: World;
}

/** A row by the names of its columns. */
export type NamedRow = Readonly<Record<string, string>>;

/**
 * A type of report that tells the same world badly: other spellings of its columns, rows that come days late, other words
 * for the same, payments in parts, rows of other countries. What is true is not changed by any of it.
 */
export function dirty(type: ReportType, name: string, { share, seed }: Dirt): ReportType {
  const change = CHANGES.get(name);
  if (share === 0 || !change) return type;
  return {
    ...type,
    header: type.header.map((column) => spelled(column, randomFrom(seedOf(seed, name, column)))),
    *rows(world, scope) {
      for (const cells of type.rows(world, scope)) {
        const row = Object.fromEntries(type.header.map((column, n) => [column, cells[n] ?? '']));
        const random = randomFrom(seedOf(seed, world.seller.id, name, ...cells));
        for (const told of change(row, { random, share, world })) {
          yield type.header.map((column) => told[column] ?? '');
        }
      }
    },
  };
}

const CHANGES = new Map<string, (row: NamedRow, dirt: RowDirt) => readonly NamedRow[]>([
  [
    'GET_LEDGER_DETAIL_VIEW_DATA',
    (row, dirt) => (isLate(row, dirt) ? [] : dirtyLedgerRow(row, dirt)),
  ],
  ['GET_FBA_REIMBURSEMENTS_DATA', dirtyReimbursement],
]);

/** Columns come in words, with hyphens and with underscores, from one country to the next. */
function spelled(column: string, random: Random): string {
  const words = column.split(/[^A-Za-z0-9]+/);
  const joined = words.join(pick(random, [' ', '-', '_']));
  return between(random, 0, 1) === 0 ? joined : joined.toLowerCase();
}
