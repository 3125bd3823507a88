import { z } from 'zod';

/** More than a person types into a field. */
const LONGEST = 2000;

/** Control characters but line breaks and tabs, and halves of characters: the database refuses some of them. */
const UNREADABLE = /[^\P{Cc}\n\r\t]|\p{Cs}/u;

/** Text that a person typed, without blanks at its ends; null for none. */
export const plainText = z
  .string()
  .trim()
  .max(LONGEST)
  .refine((text) => !UNREADABLE.test(text), 'has unreadable characters')
  .nullish()
  .transform((text) => text || null);
