import { crc32 } from 'node:zlib';
import { absurdSize, unsafe, type Inspected } from './inspected.js';

const DAMAGED = 'This picture is damaged or cut off.';
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * What a still picture needs (PNG specification, third edition, 5.6). Texts, colour profiles and animations are left out:
 * they can unpack to any size, and hold what does not belong to the picture.
 */
const KEPT: ReadonlySet<string> = new Set([
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS'],
  ...['gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'pHYs', 'tIME', 'eXIf'],
]);

interface Chunk {
  readonly type: string;
  readonly bytes: Buffer;
  readonly body: Buffer;
}

/** A PNG, chunk by chunk up to its end; what stands behind the end is left out. */
export function inspectPng(data: Buffer): Inspected {
  const chunks = chunksOf(data);
  const [header] = chunks ?? [];
  if (!chunks || header?.type !== 'IHDR' || header.body.length !== 13) return unsafe(DAMAGED);
  const refused = absurdSize(header.body.readUInt32BE(0), header.body.readUInt32BE(4));
  if (refused) return refused;
  if (!chunks.some(({ type }) => type === 'IDAT')) return unsafe(DAMAGED);
  const kept = chunks.filter(({ type }) => KEPT.has(type)).map(({ bytes }) => bytes);
  const bytes = Buffer.concat([SIGNATURE, ...kept]);
  return { ok: true, mediaType: 'image/png', bytes };
}

/** The chunks up to the end of the picture; null when one is cut off or does not match its checksum. */
function chunksOf(data: Buffer): readonly Chunk[] | null {
  if (!data.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return null;
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at + 12 <= data.length;) {
    const length = data.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > data.length) return null;
    const typed = data.subarray(at + 4, end - 4);
    if (crc32(typed) !== data.readUInt32BE(end - 4)) return null;
    const type = typed.toString('latin1', 0, 4);
    chunks.push({ type, bytes: data.subarray(at, end), body: typed.subarray(4) });
    if (type === 'IEND') return chunks;
    at = end;
  }
  return null;
}
