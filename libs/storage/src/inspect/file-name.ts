import type { AcceptedType } from './inspected.js';

const LONGEST = 120;

/** What no name needs: controls, halves of characters, and marks that turn or hide what follows. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
/** What a file system or a header gives a meaning to. */
const MEANINGFUL = /["*:<>?|]/g;

const ENDINGS: Readonly<Record<AcceptedType, RegExp>> = {
  'application/pdf': /\.pdf$/i,
  'image/jpeg': /\.jpe?g$/i,
  'image/png': /\.png$/i,
};
const USUAL: Readonly<Record<AcceptedType, string>> = {
  'application/pdf': '.pdf',
  'image/jpeg': '.jpg',
  'image/png': '.png',
};

/**
 * A name to show and to save a file by, made of whatever a sender wrote: without folders, invisible characters and leading
 * dots, of bounded length, and with the ending of what the file is.
 */
export function shownName(given: string, type: AcceptedType): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replaceAll(INVISIBLE, '')
    .replaceAll(MEANINGFUL, '_')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  const stem = Array.from(clean.replace(ENDINGS[type], '')).slice(0, LONGEST).join('').trim();
  const ending = ENDINGS[type].exec(clean)?.[0].toLowerCase() ?? USUAL[type];
  return `${stem === '' ? 'document' : stem}${ending}`;
}
