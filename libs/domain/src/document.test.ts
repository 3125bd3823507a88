import type { NewEvent, RecordedEvent } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { fromCommand } from './cause.js';
import {
  confirmDocument,
  recordReading,
  refuseDocument,
  removeDocument,
  uploadDocument,
  type Confirmation,
  type GivenFile,
} from './document-decisions.js';
import { documentState, type DocumentState } from './document-state.js';
import { isRejection, type Rejection } from './rejection.js';

const cause = fromCommand('user:seller', new Date('2026-11-01T10:00:00Z'));
const given: GivenFile = {
  documentId: 'document_1',
  fileId: 'file_1',
  generation: 0,
  name: 'invoice.pdf',
  mediaType: 'application/pdf',
  size: 1000,
  sha256: 'a'.repeat(64),
  forClaim: null,
};
const fields = {
  number: 'R-1',
  issuedOn: '2026-08-01',
  currency: 'EUR',
  supplier: null,
  buyer: null,
  lines: [],
};
const word: Confirmation = { kind: 'invoice', fields, delivery: null, signedBy: null };

/** A document's stream, to which decisions are appended. */
class Story {
  readonly events: RecordedEvent[] = [];

  state(erasedUpTo = 0): DocumentState | null {
    return documentState(this.events, erasedUpTo);
  }

  add(decision: readonly NewEvent[] | Rejection): this {
    if (isRejection(decision)) throw new Error(decision.message);
    for (const event of decision) {
      const place = this.events.length + 1;
      this.events.push({ ...event, position: place * 10, streamVersion: place } as RecordedEvent);
    }
    return this;
  }

  upload(change: Partial<GivenFile> = {}): this {
    return this.add(uploadDocument(this.state(), { ...given, ...change }, cause));
  }

  read(kind: 'invoice' | 'pro_forma' = 'invoice', fileId = 'file_1'): this {
    const found = { kind: { page: 1, line: 1, text: 'Proforma-Rechnung' } };
    const reading = { fileId, kind, pages: 1, fields, found, remarks: [] };
    return this.add(recordReading(this.state(), reading, cause));
  }
}

const codeOf = (decision: unknown): string | null => (isRejection(decision) ? decision.code : null);

describe('given the same bytes again', () => {
  it('then nothing changes, unless for another claim: then the stored file is that claim’s too', () => {
    const story = new Story().upload().upload({ fileId: 'file_2' });
    expect(story.events).toHaveLength(1);
    story.upload({ fileId: 'file_2', name: 'copy.pdf', forClaim: 'claim_1' });
    story.upload({ fileId: 'file_3', forClaim: 'claim_1' });
    expect(story.events).toHaveLength(2);
    expect(story.state()).toMatchObject({
      fileId: 'file_1',
      name: 'invoice.pdf',
      claims: ['claim_1'],
      version: 2,
    });
  });

  it('when it was removed, then the new file is read anew', () => {
    const story = new Story().upload({ forClaim: 'claim_1' }).read();
    story.add(removeDocument(story.state(), { inUseBy: [] }, cause)).upload({ fileId: 'file_2' });
    expect(story.state()).toMatchObject({
      status: 'uploaded',
      fileId: 'file_2',
      claims: [],
      reading: null,
    });
  });
});

describe('given a reading', () => {
  it('then it counts once, and only for the bytes that were read', () => {
    const story = new Story().upload().read().read();
    expect(story.events).toHaveLength(2);
    const other = new Story().upload().read('invoice', 'file_0');
    expect(other.state()?.status).toBe('uploaded');
    const refusal = { fileId: 'file_1', reason: 'infected', message: 'no' } as const;
    expect(refuseDocument(story.state(), refusal, cause)).toEqual([]);
  });
});

describe('given a person’s word', () => {
  it('then it stands in place of what was read, and the same word again changes nothing', () => {
    const story = new Story().upload().read();
    story.add(confirmDocument(story.state(), word, cause));
    expect(story.state()).toMatchObject({ status: 'confirmed', confirmed: word });
    expect(confirmDocument(story.state(), { ...word }, cause)).toEqual([]);
    const corrected = { ...word, fields: { ...fields, number: 'R-2' } };
    expect(confirmDocument(story.state(), corrected, cause)).toHaveLength(1);
  });

  it('then it makes no invoice of what calls itself a pro-forma', () => {
    const story = new Story().upload().read('pro_forma');
    const refused = confirmDocument(story.state(), word, cause);
    expect(isRejection(refused) && refused.message).toContain('“Proforma-Rechnung”');
    expect(codeOf(refused)).toBe('heading_differs');
    expect(confirmDocument(story.state(), { ...word, kind: 'pro_forma' }, cause)).toHaveLength(1);
  });

  it('then it is refused before the document is read, and after it was refused or removed', () => {
    const story = new Story().upload();
    expect(codeOf(confirmDocument(null, word, cause))).toBe('document_not_found');
    expect(codeOf(confirmDocument(story.state(), word, cause))).toBe('document_processing');
    const refusal = { fileId: 'file_1', reason: 'infected', message: 'no' } as const;
    story.add(refuseDocument(story.state(), refusal, cause));
    expect(codeOf(confirmDocument(story.state(), word, cause))).toBe('document_refused');
    story.add(removeDocument(story.state(), { inUseBy: [] }, cause));
    expect(codeOf(confirmDocument(story.state(), word, cause))).toBe('document_not_found');
  });
});

describe('given a claim that was filed with it', () => {
  it('then it cannot be removed', () => {
    const story = new Story().upload();
    const inUse = removeDocument(story.state(), { inUseBy: ['claim_1'] }, cause);
    expect(codeOf(inUse)).toBe('document_in_use');
  });
});

describe('given an erasure', () => {
  it('then what was given before it is unknown, and the same bytes are given anew', () => {
    const story = new Story().upload().read();
    expect(story.state(20)).toBeNull();
    story.add(
      uploadDocument(story.state(20), { ...given, generation: 20, fileId: 'file_2' }, cause),
    );
    expect(story.state(20)).toMatchObject({ fileId: 'file_2', status: 'uploaded', version: 3 });
  });
});
