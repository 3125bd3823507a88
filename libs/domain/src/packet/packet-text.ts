import { englishLocale, packetLocale, type PacketLocale } from './packet-locale.js';
import {
  requestOf,
  statement,
  type PacketSection,
  type PacketSource,
  type WrittenTable,
} from './packet-page.js';

/**
 * The case of a claim as plain text, for desks that take nothing else: in the language of its marketplace, and below it in
 * English where that is another, so that whoever reads it on the seller's side reads the same. The same claim and facts
 * make the same text.
 */
export function packetText(source: PacketSource): string {
  const locale = packetLocale(source.claim.subject.marketplaceId);
  const english = englishLocale(locale);
  const own = textIn(locale, source);
  return english === null ? own : `${own}\n\n—— English ——\n\n${textIn(english, source)}`;
}

function textIn(locale: PacketLocale, source: PacketSource): string {
  const { claim } = source;
  const head = `${locale.words.titles[claim.subtype]}\n${requestOf(claim, locale)}`;
  return [head, ...statement(source, locale).map(sectionText)].join('\n\n');
}

function sectionText({ heading, paragraphs, pairs, tables }: PacketSection): string {
  const named = pairs.map(([name, value]) => `${name}: ${value}`);
  return [heading, ...paragraphs, ...named, ...tables.map(tableText)].join('\n');
}

/** A row to a line, each cell by its column: what a cell does not say is left out. */
function tableText({ caption, columns, rows }: WrittenTable): string {
  const lines = rows.map((row) => {
    const said = row.flatMap((cell, at) =>
      cell === '' || cell === '–' ? [] : [`${columns[at]?.label ?? ''} ${cell}`],
    );
    return `- ${said.join(', ')}`;
  });
  return [`${caption}:`, ...lines].join('\n');
}
