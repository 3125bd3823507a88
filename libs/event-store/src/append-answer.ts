import type { AppError } from '@recoup/kernel';
import type { AppendOutcome } from './append-request.js';
import { RS, US, type EncodedRequest } from './encode.js';
import { EventIdTaken, ForeignStream } from './errors.js';

/** What `log.append` answers: lists over the requests of the call; `outcomes` null when all were written. */
export interface CallAnswer {
  readonly outcomes: string | null;
  readonly versions: string;
  readonly positions: string;
  readonly details: string | null;
}

interface Answer {
  readonly outcome: number;
  readonly version: number;
  readonly position: number;
  readonly detail: string;
}

/** The outcome of each request of a call, or the error to throw at its caller. */
export function decodeAnswer(
  answer: CallAnswer,
  batch: readonly EncodedRequest[],
): (AppendOutcome | AppError)[] {
  const outcomes = answer.outcomes?.split(',');
  const versions = answer.versions.split(',');
  const positions = answer.positions.split(',');
  const details = answer.details?.split(RS);
  return batch.map((request, index) =>
    decodeOutcome(request, {
      outcome: Number(outcomes?.[index] ?? 0),
      version: Number(versions[index]),
      position: Number(positions[index]),
      detail: details?.[index] ?? '',
    }),
  );
}

function decodeOutcome(request: EncodedRequest, answer: Answer): AppendOutcome | AppError {
  const { outcome, version, position } = answer;
  const count = request.events.length;
  switch (outcome) {
    case 0: // written: the lists tell what was before
      return { ok: true, version: version + count, position: position + count, repeated: false };
    case 1:
      return { ok: true, version, position, repeated: true };
    case 2:
      return { ok: false, reason: 'wrong_version', current: version };
    case 3: {
      const [key = '', owner = ''] = answer.detail.split(US);
      return { ok: false, reason: 'reserved', key, owner };
    }
    case 4:
      return new ForeignStream(`stream ${request.streamId} is not of this tenant`);
    default:
      return new EventIdTaken(`an event id for ${request.streamId} is in another stream`);
  }
}
