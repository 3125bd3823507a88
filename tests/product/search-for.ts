/** What is looked for: a text, or bytes such as those of a key. */
export type Word = string | Buffer;

/** A word that was found, and how it was written there. */
export type Found = string;

/** Shorter words would be met in base64 by chance. */
const LEAST_IN_BASE64 = 12;

/** The search begins at three bytes: no word may be shorter. */
const START = 3;

interface Form {
  readonly found: Found;
  readonly bytes: Buffer;
}

/** What a word is in base64, for each of the three ways in which what stands before it can end. */
function inBase64(bytes: Buffer): string[] {
  if (bytes.length < LEAST_IN_BASE64) return [];
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // The first and the last character may hold bits of what stands beside.
    const whole = text.slice(
      Math.ceil((before * 8) / 6),
      Math.floor(((before + bytes.length) * 8) / 6),
    );
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** A word as it is, in hexadecimal, in base64 wherever in a longer text it begins, and as addresses and forms have it. */
export function formsOf(word: Word): readonly Form[] {
  const bytes = Buffer.from(word);
  const name = typeof word === 'string' ? word : `bytes ${word.toString('base64')}`;
  const hex = bytes.toString('hex');
  return [
    { found: name, bytes },
    ...[hex, hex.toUpperCase()].map((form) => ({
      found: `${name} in hexadecimal`,
      bytes: Buffer.from(form),
    })),
    ...inBase64(bytes).map((form) => ({ found: `${name} in base64`, bytes: Buffer.from(form) })),
    ...(typeof word === 'string'
      ? [{ found: `${name} in an address`, bytes: Buffer.from(encodeURIComponent(word)) }]
      : []),
  ];
}

/**
 * A search for all these words at once, in whatever form, by one pass over what is searched; it answers what was found.
 * Throws RangeError for a word of fewer than three bytes.
 */
export function searchFor(words: readonly Word[]): (where: Buffer | string) => Found[] {
  const byStart = new Map<number, Form[]>();
  const starts = new Uint8Array(1 << (8 * START));
  for (const form of words.flatMap(formsOf)) {
    const start = form.bytes.readUIntBE(0, START);
    byStart.set(start, [...(byStart.get(start) ?? []), form]);
    starts[start] = 1;
  }
  return (where) => {
    const bytes = Buffer.from(where);
    const found = new Set<Found>();
    let last = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      last = ((last << 8) | (bytes[at] ?? 0)) & (starts.length - 1);
      if (starts[last] !== 1) continue;
      const from = at + 1 - START;
      for (const form of byStart.get(last) ?? []) {
        if (bytes.subarray(from, from + form.bytes.length).equals(form.bytes))
          found.add(form.found);
      }
    }
    return [...found];
  };
}
