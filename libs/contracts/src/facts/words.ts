import { z } from 'zod';

/** Cells and members that facts are made of. Null is what Amazon did not say, and never zero. */
export const text = z.string();
export const maybeText = z.string().nullable();
export const int = z.int();
export const maybeInt = z.int().nullable();
/** A decimal number as text: amounts and measures are never floats. */
export const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
export const maybeDecimal = decimal.nullable();
export const currency = z.string().length(3);
export const maybeCurrency = currency.nullable();
