import { promisify } from 'node:util';
import { constants, inflate } from 'node:zlib';
import { codeOf } from '@recoup/kernel';
import { unsafe, type Refused } from './inspected.js';

const unpack = promisify(inflate);

/** A page of an invoice unpacks to some kilobytes, a scanned one to some megabytes. */
const MOST_OF_ONE = 32 * 1024 * 1024;
const MOST_OF_ALL = 128 * 1024 * 1024;
const MOST_STREAMS = 20_000;

/** Where a dictionary is looked for, in front of its stream. */
const DICTIONARY = 2000;

export type Unpacked = Refused | { readonly ok: true; readonly texts: readonly string[] };

const BOMB = 'This PDF unpacks to far more than a document needs.';

/**
 * What stands in compressed streams, but for pictures. Refused when it unpacks to too much, when compression is stacked, or
 * when objects are packed in a way that cannot be looked into. `text` is `data` in latin-1.
 */
export async function unpackedStreams(data: Buffer, text: string): Promise<Unpacked> {
  const texts: string[] = [];
  let streams = 0;
  let total = 0;
  for (const { index } of text.matchAll(/(?<!end)stream\r?\n/g)) {
    streams += 1;
    if (streams > MOST_STREAMS) return unsafe('This PDF has more parts than a document needs.');
    const start = text[index + 6] === '\r' ? index + 8 : index + 7;
    const dictionary = dictionaryBefore(text, index);
    if (/\/Fl(?:ateDecode)?\b[^>]*\/Fl(?:ateDecode)?\b/.test(dictionary)) return unsafe(BOMB);
    const unpacked = await unpackedAt(data, start);
    if (unpacked === 'too much') return unsafe(BOMB);
    if (unpacked === null) {
      if (!/\/ObjStm\b/.test(dictionary)) continue;
      return unsafe('Parts of this PDF are packed in an unusual way. Print it to a new PDF.');
    }
    total += unpacked.length;
    if (total > MOST_OF_ALL) return unsafe(BOMB);
    if (!/\/Subtype\s*\/Image\b/.test(dictionary)) texts.push(unpacked.toString('latin1'));
  }
  return { ok: true, texts };
}

function dictionaryBefore(text: string, index: number): string {
  const before = text.slice(Math.max(0, index - DICTIONARY), index);
  return before.slice(before.lastIndexOf(' obj') + 1);
}

/** What begins like zlib data is taken for it, whatever its dictionary says. Null for what does not. */
async function unpackedAt(data: Buffer, start: number): Promise<Buffer | 'too much' | null> {
  const packed = data.subarray(start, endOf(data, start));
  const begins = packed.length > 2 && (packed[0] ?? 0) % 16 === 8;
  if (!begins || packed.readUInt16BE(0) % 31 !== 0) return null;
  try {
    return await unpack(packed, {
      maxOutputLength: MOST_OF_ONE,
      // Bytes behind the data and a missing end are common, and no reason to refuse.
      finishFlush: constants.Z_SYNC_FLUSH,
    });
  } catch (error) {
    return codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? 'too much' : null;
  }
}

const END = Buffer.from('endstream');

function endOf(data: Buffer, start: number): number {
  const end = data.indexOf(END, start);
  return end < 0 ? data.length : end;
}
