type Sign = readonly [at: number, bytes: string, sentence: string];

/** First bytes of what people send instead (in latin-1), so that the answer can say what it was. */
const SIGNS: readonly Sign[] = [
  [0, 'PK\x03\x04', 'This is an archive or an office document.'],
  [0, 'PK\x05\x06', 'This is an archive.'],
  [0, '\xd0\xcf\x11\xe0', 'This is an office document.'],
  [0, '{\\rtf', 'This is an office document.'],
  [0, 'Rar!', 'This is an archive.'],
  [0, '7z\xbc\xaf', 'This is an archive.'],
  [0, '\x1f\x8b', 'This is an archive.'],
  [0, 'GIF8', 'This is a GIF picture.'],
  [8, 'WEBP', 'This is a WebP picture.'],
  [4, 'ftypheic', 'This is a HEIC picture.'],
  [4, 'ftyp', 'This is a video, or a picture of another type.'],
  [0, 'II*\x00', 'This is a TIFF picture.'],
  [0, 'MM\x00*', 'This is a TIFF picture.'],
  [0, 'BM', 'This is a bitmap.'],
  [0, 'MZ', 'This is a program.'],
  [0, '\x7fELF', 'This is a program.'],
];

const MARKUP = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|html|svg|script|head|body|!--)/i;

/** A sentence on what a file is that is none of the types that are kept. */
export function otherType(data: Buffer): string {
  const head = data.subarray(0, 512).toString('latin1');
  const known = SIGNS.find(([at, bytes]) => head.startsWith(bytes, at));
  if (known) return known[2];
  if (MARKUP.test(head)) return 'This is a web page or a drawing.';
  return 'This type of file is not taken.';
}
