/** What a file may be: Amazon takes documents nobody edits, and photos. */
export type AcceptedType = 'application/pdf' | 'image/jpeg' | 'image/png';

/**
 * What looking into a file's bytes came to. `bytes` are those to keep: what does not belong to the document itself is left
 * out. `unsupported`: of another type; `unsafe`: of the right type, and not to be passed on.
 */
export type Inspected =
  | { readonly ok: true; readonly mediaType: AcceptedType; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly code: 'unsupported' | 'unsafe'; readonly message: string };

export type Refused = Extract<Inspected, { ok: false }>;

export function unsafe(message: string): Refused {
  return { ok: false, code: 'unsafe', message };
}

/** The most pixels of a picture, and the longest side: larger ones are made to exhaust whoever opens them. */
export const MOST_PIXELS = 100_000_000;
export const LONGEST_SIDE = 20_000;

/** Why a picture of this size is not taken; null for one of a camera. */
export function absurdSize(width: number, height: number): Refused | null {
  if (width < 1 || height < 1) return unsafe('This picture has no size, so nothing can be seen.');
  if (width <= LONGEST_SIDE && height <= LONGEST_SIDE && width * height <= MOST_PIXELS) return null;
  return unsafe(`This picture is ${width} × ${height} points large. Send a smaller one.`);
}
