import { fileTypeFromBuffer } from 'file-type';
import type { Inspected } from './inspected.js';
import { unsafe } from './inspected.js';
import { inspectJpeg } from './jpeg.js';
import { otherType } from './other-types.js';
import { inspectPdf } from './pdf.js';
import { inspectPng } from './png.js';

/**
 * Decides by its bytes alone whether a file is kept: name and declared type are whatever a sender wrote. Never throws for
 * any bytes. Memory and time are bounded by the size of the file and by what it may unpack to.
 */
export async function inspectFile(bytes: Uint8Array): Promise<Inspected> {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.length === 0) return unsafe('The file is empty.');
  if (endsAsArchive(data))
    return unsafe('The file is an archive as well. Send the document alone.');
  const mediaType = await mediaTypeOf(data);
  const inspect = INSPECTIONS.get(mediaType ?? '');
  if (inspect) return inspect(data);
  const message = `${otherType(mediaType, data)} Send a PDF, a JPG or a PNG.`;
  return { ok: false, code: 'unsupported', message };
}

/** Each looks at its file from the first byte on: the library passes over marks in front of one. */
const INSPECTIONS = new Map<string, (data: Buffer) => Inspected | Promise<Inspected>>([
  ['application/pdf', inspectPdf],
  ['image/jpeg', inspectJpeg],
  ['image/png', inspectPng],
  // Its animation is left out, like whatever a still picture does not need.
  ['image/apng', inspectPng],
]);

/** What the bytes say they are; null where the library knows none, or gives up on bytes that are made to mislead it. */
async function mediaTypeOf(data: Buffer): Promise<string | null> {
  try {
    return (await fileTypeFromBuffer(data))?.mime ?? null;
  } catch {
    return null;
  }
}

const END_OF_ARCHIVE = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const END_RECORD_BYTES = 22;
const LONGEST_COMMENT = 65_535;

/**
 * A ZIP archive is read from its end, so that a file can be a picture and an archive at once (APPNOTE 4.3.16): a record of
 * its end whose comment reaches exactly to the end of the file.
 */
function endsAsArchive(data: Buffer): boolean {
  const tail = data.subarray(-(END_RECORD_BYTES + LONGEST_COMMENT));
  let at = tail.lastIndexOf(END_OF_ARCHIVE);
  while (at >= 0) {
    const whole = at + END_RECORD_BYTES <= tail.length;
    if (whole && at + END_RECORD_BYTES + tail.readUInt16LE(at + 20) === tail.length) return true;
    at = at === 0 ? -1 : tail.lastIndexOf(END_OF_ARCHIVE, at - 1);
  }
  return false;
}
