import { AppError } from '@recoup/kernel';

/** A stream belongs to the tenant that began it. Reaching for another's is a bug or an attack, never a race. */
export class ForeignStream extends AppError {
  readonly code = 'FOREIGN_STREAM';
}

/** An event id that another stream holds already: ids must derive from what is unique to their stream. */
export class EventIdTaken extends AppError {
  readonly code = 'EVENT_ID_TAKEN';
}

/** A reader met position n+2 after n. Appends are dense, so the database itself has lost something. */
export class GapInLog extends AppError {
  readonly code = 'GAP_IN_LOG';
}
