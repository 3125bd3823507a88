import { createHash } from 'node:crypto';
import type { PacketPage, PacketSection, WrittenTable } from '@recoup/domain';
import { DOCUMENT_STYLE } from './case-document-style.js';
import { html, Html } from './html.js';
import { facts, table } from './html-tables.js';

/** The one style that the page's policy lets in. */
export const DOCUMENT_STYLE_SOURCE = `'sha256-${createHash('sha256').update(DOCUMENT_STYLE).digest('base64')}'`;

/** The case packet of a claim as a whole HTML page. Whatever facts hold is text in it, and never markup. */
export function caseDocument(packet: PacketPage): string {
  // Put together by hand: its hash holds for these very characters.
  const style = new Html(`<style>${DOCUMENT_STYLE}</style>`);
  const page = html`<!doctype html>
    <html lang="${packet.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${packet.title}</title>
        ${style}
      </head>
      <body>
        <h1>${packet.title}</h1>
        ${packet.lead.map(paragraph)} ${packet.sections.map(section)}
      </body>
    </html>`;
  return page.text;
}

/** What is put beside itself in a right-to-left text stays in its cell: names of products may hold anything. */
function paragraph(text: string): Html {
  return html`<p dir="auto">${text}</p>`;
}

function section({ heading, paragraphs, pairs, tables }: PacketSection): Html {
  return html`<h2>${heading}</h2>
    ${[...paragraphs.map(paragraph), ...(pairs.length > 0 ? [facts(pairs)] : []), ...tables.map(captioned)]}`;
}

function captioned({ caption, columns, rows }: WrittenTable): Html {
  const heads = columns.map(({ label, isNumber }) => `${isNumber ? '#' : ''}${label}`);
  const heading = caption === '' ? html`` : html`<h3>${caption}</h3>`;
  return html`${[heading, table(heads, rows)]}`;
}
