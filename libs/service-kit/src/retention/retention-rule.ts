/** How long something is kept: what deletes the rows of a table whose time has passed. */
export interface RetentionRule {
  /** The table with its schema, such as `detection.job`; one rule a table. */
  readonly table: string;
  /**
   * A `delete` of at most `$1` rows. Ends where none has had its time. Rows that another transaction holds are left to a later
   * one (`for update skip locked`), so that a sweep waits for nobody.
   */
  readonly text: string;
  /** `$2` and on, asked anew for each statement: the days, or the service's own clock. */
  readonly values: () => readonly unknown[];
  /** Rows of one statement; 1,000 where it is not said. Fewer where each takes others with it. */
  readonly atOnce?: number;
}
