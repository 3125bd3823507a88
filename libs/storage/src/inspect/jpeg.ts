import { absurdSize, unsafe, type Inspected, type Refused } from './inspected.js';

const DAMAGED = 'This picture is damaged or cut off.';

/** Start of frame: where the size stands. Not DHT, JPG and DAC, which share their range (ITU T.81, table B.1). */
function startsFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

const START_OF_IMAGE = Buffer.from([0xff, 0xd8]);
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/**
 * A JPEG from its first marker to its end. What stands behind the end (a film of the moment, another file) is left out.
 * Its segments are walked, and the compressed data only passed over.
 */
export function inspectJpeg(data: Buffer): Inspected {
  return data.subarray(0, 2).equals(START_OF_IMAGE) ? walked(data) : unsafe(DAMAGED);
}

function walked(data: Buffer): Inspected {
  let sized = false;
  let at = 2;
  while (at + 4 <= data.length) {
    at = pastFill(data, at);
    const marker = data[at] === 0xff ? data[at + 1] : undefined;
    if (marker === undefined || at + 4 > data.length) return unsafe(DAMAGED);
    if (startsFrame(marker)) {
      const refused = frameProblem(data, at);
      if (refused) return refused;
      sized = true;
    }
    at += 2 + data.readUInt16BE(at + 2);
    if (marker !== START_OF_SCAN) continue;
    at = endOfScan(data, at);
    if (data[at + 1] === END_OF_IMAGE) return sized ? whole(data, at + 2) : unsafe(DAMAGED);
  }
  return unsafe(DAMAGED);
}

/** Fill bytes may stand before a marker. */
function pastFill(data: Buffer, at: number): number {
  let marker = at;
  while (data[marker] === 0xff && data[marker + 1] === 0xff) marker += 1;
  return marker;
}

function whole(data: Buffer, end: number): Inspected {
  return { ok: true, mediaType: 'image/jpeg', bytes: data.subarray(0, end) };
}

function frameProblem(data: Buffer, at: number): Refused | null {
  if (at + 9 > data.length) return unsafe(DAMAGED);
  return absurdSize(data.readUInt16BE(at + 7), data.readUInt16BE(at + 5));
}

/** The next marker that is not part of the compressed data; the end of the bytes where there is none. */
function endOfScan(data: Buffer, from: number): number {
  let at = data.indexOf(0xff, from);
  while (at >= 0 && at + 1 < data.length) {
    const next = data[at + 1] ?? 0;
    const restart = next >= 0xd0 && next <= 0xd7;
    if (next !== 0 && next !== 0xff && !restart) return at;
    at = data.indexOf(0xff, at + (next === 0xff ? 1 : 2));
  }
  return data.length;
}
