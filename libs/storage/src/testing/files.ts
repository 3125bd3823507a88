import { crc32, deflateSync } from 'node:zlib';

const from = (text: string) => Buffer.from(text, 'latin1');

/** A PDF of one empty page, with one more object. */
export function pdf(more: Buffer = Buffer.alloc(0)): Buffer {
  const head = '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n';
  const pages = '2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n';
  const tail = '\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF';
  return Buffer.concat([from(head + pages), more, from(tail)]);
}

/** A JPEG as its markers have it: a size, one scan with an escaped and a restart marker in it, and the end. */
export function jpeg({ width = 640, height = 480 } = {}): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(height, 0);
  size.writeUInt16BE(width, 2);
  return Buffer.concat([
    from('\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00'),
    from('\xff\xc0\x00\x0b\x08'),
    size,
    from('\x01\x01\x11\x00'),
    from('\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x12\xff\x00\x34\xff\xd0\x56\xff\xd9'),
  ]);
}

/** One chunk of a PNG, with its checksum. */
export function pngChunk(type: string, body: Buffer): Buffer {
  const typed = Buffer.concat([from(type), body]);
  const length = Buffer.alloc(4);
  const sum = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
}

/** A PNG of grey points, with one more chunk. */
export function png({
  width = 4,
  height = 4,
  extra,
}: { readonly width?: number; readonly height?: number; readonly extra?: Buffer } = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  return Buffer.concat([
    from('\x89PNG\r\n\x1a\n'),
    pngChunk('IHDR', header),
    extra ?? Buffer.alloc(0),
    pngChunk('IDAT', deflateSync(Buffer.alloc(20))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}
