import type { DocumentCheck } from '@recoup/contracts';

/** What is to be said of documents of one type, and the documents that it rests on. */
export interface GivenVerdict {
  readonly status: DocumentCheck['status'];
  readonly reasons: readonly string[];
  readonly given: readonly string[];
}

export function available(given: readonly string[]): GivenVerdict {
  return { status: 'Available', reasons: [], given };
}

export function missing(reason: string): GivenVerdict {
  return { status: 'Missing', reasons: [reason], given: [] };
}

export function rejected(reasons: readonly string[], given: readonly string[]): GivenVerdict {
  return { status: 'Rejected', reasons: [...new Set(reasons)], given };
}
