import { currencyDigits, type Money } from '@recoup/kernel';
import { marketplaceOfId } from '../marketplaces.js';
import type { Cell } from './packet-table.js';
import type { PacketWords } from './packet-words.js';
import { english } from './words-en.js';
import { french } from './words-fr.js';
import { german } from './words-de.js';
import { italian } from './words-it.js';
import { spanish } from './words-es.js';

/** How a packet is written: its words, and numbers and days as they are written there. */
export interface PacketLocale {
  /** BCP 47, as the page names it. */
  readonly tag: string;
  readonly words: PacketWords;
}

/** Marketplaces whose language is spoken here; case workers of every other one are written to in English. */
const OF_COUNTRY: Readonly<Record<string, PacketLocale>> = {
  US: { tag: 'en-US', words: english },
  CA: { tag: 'en-CA', words: english },
  DE: { tag: 'de-DE', words: german },
  FR: { tag: 'fr-FR', words: french },
  ES: { tag: 'es-ES', words: spanish },
  MX: { tag: 'es-MX', words: spanish },
  IT: { tag: 'it-IT', words: italian },
};

const ELSEWHERE: PacketLocale = { tag: 'en-GB', words: english };

/** How a packet for a marketplace is written. */
export function packetLocale(marketplaceId: string): PacketLocale {
  return OF_COUNTRY[marketplaceOfId(marketplaceId)?.country ?? ''] ?? ELSEWHERE;
}

/** English for readers of a packet that is in another language; null where it is in English already. */
export function englishLocale({ words }: PacketLocale): PacketLocale | null {
  return words === english ? null : ELSEWHERE;
}

/** A calendar day as it is written there; what is no day stands as it is. */
export function dayText(day: string, { tag }: PacketLocale): string {
  const instant = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(instant)) return day;
  return plain(
    new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' }).format(instant),
  );
}

/** An exact amount with the places of its currency and its code, which no sign stands for two of. */
export function moneyText({ amount, currency }: Money, locale: PacketLocale): string {
  return `${decimalText(amount, locale, currencyDigits(currency))} ${currency}`;
}

/** A decimal number with all the places that it has, and at least so many. */
export function decimalText(decimal: string, { tag }: PacketLocale, places = 0): string {
  const given = decimal.split('.')[1]?.length ?? 0;
  const digits = Math.max(places, given);
  const format = new Intl.NumberFormat(tag, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // Intl formats a decimal text exactly; a number would be a float before it is written.
  return plain(format.format(decimal as `${number}`));
}

/** A cell as it is written; what Amazon does not state is a dash, and never a zero. */
export function cellText(cell: Cell, locale: PacketLocale): string {
  if (cell === null) return '–';
  if ('text' in cell) return cell.text;
  if ('word' in cell) return locale.words.words[cell.word];
  if ('day' in cell) return dayText(cell.day, locale);
  if ('units' in cell) return decimalText(String(cell.units), locale);
  if ('money' in cell) return moneyText(cell.money, locale);
  const { decimal, unit } = cell;
  return `${decimalText(decimal, locale)}${unit === undefined ? '' : ` ${unit}`}`;
}

/** Thin spaces are not in every font: what parts thousands is an ordinary unbroken one. */
function plain(text: string): string {
  return text.replaceAll(/[\u2009\u202f]/g, '\u00a0');
}
