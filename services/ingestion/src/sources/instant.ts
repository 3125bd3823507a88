import { UnexpectedAnswer } from '../amazon/errors.js';

/** An instant in UTC as the facts hold it. Throws UnexpectedAnswer for what is no instant. */
export function instantOf(text: string, what: string): string {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) throw new UnexpectedAnswer(`${what} is no instant: ${text}`);
  return instant.toISOString();
}
