/** Everything must have ended by then, in milliseconds: so long after a blow nothing comes any more. */
export const PATIENCE_MS = 200_000;
