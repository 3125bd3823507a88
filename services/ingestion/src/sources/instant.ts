import { UnexpectedAnswer } from '../amazon/errors.js';

/** An instant in UTC as the facts hold it. Throws UnexpectedAnswer for what is no instant. */
export function instantOf(text: string, what: string): string {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) throw new UnexpectedAnswer(`${what} is no instant: ${text}`);
  return instant.toISOString();
}

/** The same cut to the second, where one source tells fractions and another does not. */
export function secondOf(text: string, what: string): string {
  return `${instantOf(text, what).slice(0, 19)}Z`;
}
