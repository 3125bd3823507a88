import type { World } from '../world/world.js';
import { REPORT_TYPES } from './report-types.js';

export interface ReportTable {
  /** The names of the columns as the document's first line has them. */
  readonly header: readonly string[];
  /** Made as they are read. */
  readonly rows: Iterable<readonly string[]>;
}

/**
 * A report over a world's whole history: what its document would say, without the way over the wire. Throws RangeError for
 * a type of report that is not made here.
 */
export function reportTable(world: World, reportType: string): ReportTable {
  const type = REPORT_TYPES.get(reportType);
  if (!type) throw new RangeError(`no report ${reportType}`);
  const marketplaceIds = world.seller.marketplaces.map(({ id }) => id);
  const scope = { from: 0, to: world.calendar.days - 1, marketplaceIds, options: {} };
  return { header: type.header, rows: type.rows(world, scope) };
}
