import { unsafe, type Inspected, type Refused } from './inspected.js';
import { unpackedStreams } from './pdf-streams.js';

const VERSION = /^%PDF-(?:1\.[0-7]|2\.0)/;

/** What a document to be read needs none of, by the names that ISO 32000 gives it, and what it is to a person. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [name('Encrypt'), 'is encrypted or protected by a password'],
  [name('JavaScript'), 'contains a script'],
  // Short enough to occur in compressed data by chance: only with what a script begins with.
  [/\/JS\s*(?:\(|<|\d+\s+\d+\s+R)/, 'contains a script'],
  [name('Launch'), 'would start a program'],
  [name('EmbeddedFiles?'), 'contains other files'],
  [name('RichMedia'), 'contains a film or a program'],
  [name('XFA'), 'is a form that fills itself'],
  [name('SubmitForm|ImportData|GoToE'), 'would send or fetch data'],
];

function name(names: string): RegExp {
  return new RegExp(`/(?:${names})(?![A-Za-z0-9_.-])`);
}

/**
 * A PDF that is nothing but a document: from its header on, up to its end, readable by everybody, without anything that
 * acts. Names may be written in hexadecimal and stand in compressed objects: both are looked into.
 */
export async function inspectPdf(data: Buffer): Promise<Inspected> {
  const text = data.toString('latin1');
  if (!VERSION.test(text)) return unsafe('This PDF is of an unknown version.');
  const end = text.lastIndexOf('%%EOF');
  if (end < 0) return unsafe('This PDF is damaged or cut off.');
  if (!/^[\s\0]*$/.test(text.slice(end + 5))) {
    return unsafe('Something else stands behind the end of this PDF. Save it anew and send that.');
  }
  const refused = actingPart(text);
  if (refused) return refused;
  const streams = await unpackedStreams(data, text);
  if (!streams.ok) return streams;
  for (const unpacked of streams.texts) {
    const acting = actingPart(unpacked);
    if (acting) return acting;
  }
  return { ok: true, mediaType: 'application/pdf', bytes: data };
}

function actingPart(text: string): Refused | null {
  const plain = text.includes('#') ? text.replaceAll(HEX_IN_NAME, fromHex) : text;
  const found = FORBIDDEN.find(([pattern]) => pattern.test(plain));
  return found ? unsafe(`This PDF ${found[1]}. Print it to a new PDF and send that.`) : null;
}

const HEX_IN_NAME = /#([0-9a-fA-F]{2})/g;

function fromHex(_: string, digits: string): string {
  return String.fromCharCode(parseInt(digits, 16));
}
