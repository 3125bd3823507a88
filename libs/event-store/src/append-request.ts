import type { NewEvent } from '@recoup/contracts';

/** A version the stream must have: `n` exactly, `absent` (0), `exists` (any but 0), `any` (no check). */
export type ExpectedVersion = number | 'any' | 'absent' | 'exists';

export interface AppendRequest {
  readonly tenantId: string;
  readonly streamId: string;
  readonly expected: ExpectedVersion;
  /** At least one; written together or not at all. */
  readonly events: readonly NewEvent[];
  /** Reservation keys to take for this stream. Taking is idempotent for the owner. */
  readonly take?: readonly string[];
  /** Reservation keys to give back; keys of other owners are left alone. */
  readonly release?: readonly string[];
}

/**
 * What became of a request. Version and position are those of its last event; `repeated` means that the events were in
 * the stream already, from an earlier call with the same ids. Conflicts are answers, not errors.
 */
export type AppendOutcome =
  | {
      readonly ok: true;
      readonly version: number;
      readonly position: number;
      readonly repeated: boolean;
    }
  | { readonly ok: false; readonly reason: 'wrong_version'; readonly current: number }
  | {
      readonly ok: false;
      readonly reason: 'reserved';
      readonly key: string;
      readonly owner: string;
    };
