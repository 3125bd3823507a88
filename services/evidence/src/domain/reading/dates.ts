const MONTHS: readonly string[] = [
  'jan|january|januar|jänner|janvier|janv|enero|ene|gennaio|gen',
  'feb|february|februar|février|févr|fév|febrero|febbraio',
  'mar|march|märz|mrz|mars|marzo',
  'apr|april|avril|avr|abril|abr|aprile',
  'may|mai|mayo|maggio|mag',
  'jun|june|juni|juin|junio|giugno|giu',
  'jul|july|juli|juillet|juil|julio|luglio|lug',
  'aug|august|août|agosto|ago',
  'sep|sept|september|septembre|septiembre|settembre|set',
  'oct|october|oktober|okt|octobre|octubre|ottobre|ott',
  'nov|november|novembre|noviembre',
  'dec|december|dezember|dez|décembre|déc|diciembre|dic|dicembre',
];
const month = new Map(
  MONTHS.flatMap((names, index) => names.split('|').map((name) => [name, index + 1] as const)),
);

const ISO = /\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/;
const NUMERIC = /\b(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})\b/;
const DAY_MONTH =
  /\b(\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s*(?:de |of )?[-\s]?(\p{L}{3,10})\.?,?\s*(?:de |del )?[-\s]?(\d{4})\b/iu;
const MONTH_DAY = /(?<!\p{L})(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b/iu;

/**
 * The day (ISO) that a text names; null for none, and for one that can be read as two: 03/08/2026 is a day in March in the
 * United States and one in August elsewhere, while 03.08.2026 is written by nobody who puts the month first.
 */
export function dayOf(text: string): string | null {
  const iso = ISO.exec(text);
  if (iso) return day(iso[1], iso[2], iso[3]);
  const numeric = NUMERIC.exec(text);
  if (numeric) return numericDay(numeric);
  const dayFirst = DAY_MONTH.exec(text);
  const named = dayFirst && monthOf(dayFirst[2]);
  if (dayFirst && named) return day(dayFirst[3], String(named), dayFirst[1]);
  const monthFirst = MONTH_DAY.exec(text);
  const other = monthFirst && monthOf(monthFirst[1]);
  return monthFirst && other ? day(monthFirst[3], String(other), monthFirst[2]) : null;
}

function numericDay(found: RegExpExecArray): string | null {
  const [, first, mark, second, written = ''] = found;
  const year = written.length === 2 ? `20${written}` : written;
  const dayFirst = day(year, second, first);
  if (mark === '.') return dayFirst;
  const monthFirst = day(year, first, second);
  if (dayFirst === null || monthFirst === null) return dayFirst ?? monthFirst;
  return dayFirst === monthFirst ? dayFirst : null;
}

function monthOf(name = ''): number | undefined {
  return month.get(name.toLocaleLowerCase('en'));
}

function day(year = '', monthNumber = '', dayNumber = ''): string | null {
  const text = `${year}-${monthNumber.padStart(2, '0')}-${dayNumber.padStart(2, '0')}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : null;
}
