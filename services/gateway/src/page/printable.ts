/** Beyond Latin-1, what Windows-1252 has: the encoding of the fonts that no PDF has to embed. */
const WINDOWS_1252 = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');

/** Marks around a name in a sentence: nobody sees them, and these fonts are set from left to right alone. */
const ISOLATES = new Set('\u2068\u2069');

/** A text in characters that the standard fonts have; every other one is written as its code point, and counted. */
export function printable(given: string): { readonly text: string; readonly lacking: number } {
  let lacking = 0;
  const characters = Array.from(given.normalize('NFC'), (character) => {
    if (isInFont(character)) return character;
    if (ISOLATES.has(character)) return '';
    const code = character.codePointAt(0) ?? 0;
    lacking += 1;
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
  return { text: characters.join(''), lacking };
}

function isInFont(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code === 10) return true;
  return (
    (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff) || WINDOWS_1252.has(character)
  );
}
