import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jpeg, pdf, png, pngChunk } from '../testing/files.js';
import { inspectFile } from './inspect-file.js';

const from = (text: string): Buffer => Buffer.from(text, 'latin1');
const stream = (dictionary: string, body: Buffer): Buffer =>
  Buffer.concat([
    from(`9 0 obj\n<< ${dictionary} >>\nstream\n`),
    body,
    from('\nendstream\nendobj\n'),
  ]);
/** A ZIP archive without files, with a comment. */
const archive = (comment = ''): Buffer => {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([end, from(comment)]);
};

describe('what Amazon takes is taken, as it is', () => {
  it.each([
    ['application/pdf', pdf()],
    ['application/pdf', Buffer.concat([pdf(), from('\r\n\0')])],
    ['application/pdf', pdf(stream('/Filter /FlateDecode', deflateSync(from('BT (Hi) Tj ET'))))],
    ['image/jpeg', jpeg()],
    ['image/png', png()],
  ])('%s', async (mediaType, bytes) => {
    expect(await inspectFile(bytes)).toEqual({ ok: true, mediaType, bytes });
  });
});

describe('what does not belong to a picture is left out', () => {
  it('behind its end', async () => {
    const film = from('<script>alert(1)</script>');
    expect(await inspectFile(Buffer.concat([jpeg(), film]))).toMatchObject({ bytes: jpeg() });
    expect(await inspectFile(Buffer.concat([png(), film]))).toMatchObject({ bytes: png() });
  });

  it('an animation, of which the first picture is kept', async () => {
    const animated = png({ extra: pngChunk('acTL', Buffer.alloc(8)) });
    expect(await inspectFile(animated)).toMatchObject({ mediaType: 'image/png', bytes: png() });
  });

  it('texts, profiles and animations of a PNG, which can unpack to any size', async () => {
    const bomb = pngChunk('zTXt', Buffer.concat([from('a\0\0'), deflateSync(Buffer.alloc(1e6))]));
    expect(await inspectFile(png({ extra: bomb }))).toMatchObject({ ok: true, bytes: png() });
  });
});

/** The mark of a tag before music, of ten bytes. */
const ID3 = Buffer.concat([from('ID3\x04\0\0\0\0\0\x0a'), Buffer.alloc(10)]);
const BOMB = deflateSync(Buffer.alloc(64 * 1024 * 1024));

it.each([
  ['PK\x03\x04', 'archive'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'office document'],
  ['{\\rtf1', 'office document'],
  ['MZ\x90', 'program'],
  ['\0\0\0\x18ftypheic', 'picture of another type (HEIC)'],
  ['II*\0\x08\0\0\0\0\0', 'picture of another type (TIFF)'],
  ['<svg/>', 'web page or a drawing'],
  ['<?xml version="1.0"?>', 'web page or a drawing'],
  ['Invoice 1', 'not taken'],
])('of %j the answer says what it is', async (bytes, said) => {
  expect(await inspectFile(from(bytes))).toMatchObject({
    message: expect.stringContaining(said),
  });
});

describe('given a hostile file, then it is refused with a sentence', () => {
  it.each<[string, Buffer, 'unsafe' | 'unsupported']>([
    ['nothing', Buffer.alloc(0), 'unsafe'],
    ['an SVG with a script', from('<svg onload="alert(1)"/>'), 'unsupported'],
    ['a page', from('\n <!DOCTYPE html><script>1</script>'), 'unsupported'],
    [
      'XML that expands',
      from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'),
      'unsupported',
    ],
    ['a program', from('MZ\x90\0'), 'unsupported'],
    ['an office document', from('PK\x03\x04[Content_Types].xml'), 'unsupported'],
    ['a GIF', from('GIF89a'), 'unsupported'],
    ['a HEIC of a phone', from('\0\0\0\x18ftypheic\0\0\0\0mif1'), 'unsupported'],
    ['a film', from('\0\0\0\x18ftypisom'), 'unsupported'],
    ['a packed PDF', gzipSync(pdf()), 'unsupported'],
    ['a PDF behind a mark of text', Buffer.concat([from('\xef\xbb\xbf'), pdf()]), 'unsafe'],
    ['a JPG behind a mark of text', Buffer.concat([from('\xef\xbb\xbf'), jpeg()]), 'unsafe'],
    ['a PNG behind a mark of text', Buffer.concat([from('\xef\xbb\xbf'), png()]), 'unsafe'],
    ['a PDF behind a tag of music', Buffer.concat([ID3, pdf()]), 'unsafe'],
    ['a JPG behind a tag of music', Buffer.concat([ID3, jpeg()]), 'unsafe'],
    [
      'a PDF with a page in front',
      Buffer.concat([from('<svg onload="x()">'), pdf()]),
      'unsupported',
    ],
    ['a scripted picture', from('BM<script>alert(1)</script>'), 'unsupported'],
    ['text', from('Invoice 1'), 'unsupported'],
    ['a PDF behind something else', Buffer.concat([from('<html>'), pdf()]), 'unsupported'],
    ['a PDF that is an archive', Buffer.concat([pdf(), archive()]), 'unsafe'],
    ['a JPG that is an archive', Buffer.concat([jpeg(), archive('x')]), 'unsafe'],
    ['a PNG that is an archive', Buffer.concat([png(), archive('\n%%EOF')]), 'unsafe'],
    ['a PDF with a page behind it', Buffer.concat([pdf(), from('<script>')]), 'unsafe'],
    ['a PDF that is cut off', pdf().subarray(0, -8), 'unsafe'],
    ['a PDF of no version', from('%PDF-9.9\n%%EOF'), 'unsafe'],
    ['a PDF with a script', pdf(from('<< /S /JavaScript /JS (app.alert(1)) >>')), 'unsafe'],
    ['one written in hexadecimal', pdf(from('<< /S /J#61vaScr#69pt >>')), 'unsafe'],
    ['one by reference', pdf(from('<< /JS 12 0 R >>')), 'unsafe'],
    [
      'one in packed objects',
      pdf(stream('/Type /ObjStm /Filter /FlateDecode', deflateSync(from('<</S/JavaScript>>')))),
      'unsafe',
    ],
    [
      'objects packed unusually',
      pdf(stream('/Type /ObjStm /Filter /LZWDecode', from('x'))),
      'unsafe',
    ],
    ['a PDF that starts programs', pdf(from('<< /S /Launch /F (cmd.exe) >>')), 'unsafe'],
    ['a PDF with files', pdf(from('<< /Names << /EmbeddedFiles 3 0 R >> >>')), 'unsafe'],
    ['a PDF that sends a form', pdf(from('<< /S /SubmitForm >>')), 'unsafe'],
    ['a PDF with a film', pdf(from('<< /Subtype /RichMedia >>')), 'unsafe'],
    ['an encrypted PDF', pdf(from('trailer << /Encrypt 5 0 R >>')), 'unsafe'],
    ['a PDF that unpacks to 64 MiB', pdf(stream('/Filter /FlateDecode', BOMB)), 'unsafe'],
    ['one that hides its compression', pdf(stream('/Filter 7 0 R', BOMB)), 'unsafe'],
    [
      'one that packs twice',
      pdf(stream('/Filter [/FlateDecode /FlateDecode]', deflateSync(BOMB))),
      'unsafe',
    ],
    ['a JPG of absurd size', jpeg({ width: 65_000, height: 65_000 }), 'unsafe'],
    ['a JPG without size', jpeg({ width: 0 }), 'unsafe'],
    ['a JPG that is cut off', jpeg().subarray(0, -2), 'unsafe'],
    ['a PNG of absurd size', png({ width: 2 ** 31, height: 2 }), 'unsafe'],
    ['a PNG that was changed', png().fill(1, 20, 21), 'unsafe'],
    ['a PNG that is cut off', png().subarray(0, -12), 'unsafe'],
  ])('%s', async (_, bytes, code) => {
    const inspected = await inspectFile(bytes);
    expect(inspected).toMatchObject({ ok: false, code });
    expect(!inspected.ok && inspected.message).toMatch(/^[A-Z].*\.$/);
  });
});

it('given any bytes behind a known beginning, then it answers and never throws', async () => {
  const beginnings = [from('%PDF-1.7\n'), jpeg().subarray(0, 20), png().subarray(0, 33), from('')];
  const bytes = fc.tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 300 }));
  await fc.assert(
    fc.asyncProperty(bytes, async ([beginning, rest]) => {
      const inspected = await inspectFile(Buffer.concat([beginning, rest]));
      expect(typeof inspected.ok).toBe('boolean');
    }),
  );
});
