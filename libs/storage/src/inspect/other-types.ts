/** Families of types that people send instead, by what their media types begin with, and what each is to a person. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^application\/(?:vnd\.(?:openxmlformats|oasis|ms-)|x-cfb|rtf)/, 'This is an office document.'],
  [/^application\/(?:zip|gzip|x-(?:tar|rar|7z|bzip|xz|compress|lzip))/, 'This is an archive.'],
  [/^application\/(?:x-msdownload|x-elf|x-mach-binary|java-|wasm)/, 'This is a program.'],
  [/^application\/xml/, 'This is a web page or a drawing.'],
  [/^video\//, 'This is a video.'],
];

/** What has no first bytes of its own: pages and drawings are text. */
const MARKUP = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|svg|script|head|body|!--)/i;

/** A sentence on what a file is that is none of the types that are kept; `mediaType` null where nobody knows it. */
export function otherType(mediaType: string | null, data: Buffer): string {
  const type = mediaType ?? '';
  const [, sentence] = FAMILIES.find(([family]) => family.test(type)) ?? [];
  if (sentence !== undefined) return sentence;
  const [, picture] = /^image\/(?:x-)?([a-z0-9]{2,8})/.exec(type) ?? [];
  if (picture !== undefined) return `This is a picture of another type (${picture.toUpperCase()}).`;
  if (MARKUP.test(data.toString('latin1', 0, 512))) return 'This is a web page or a drawing.';
  return 'This type of file is not taken.';
}
