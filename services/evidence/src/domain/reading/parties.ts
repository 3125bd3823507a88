import type { Party } from '@recoup/contracts';
import { foundIn, type Found } from './found.js';
import { BUYER, INVOICE_DATE, INVOICE_NUMBER, OTHER_BLOCK, SUPPLIER } from './labels.js';
import { cellUnder, linesBelow } from './labelled.js';
import { headingOf } from './heading.js';
import type { TextCell, TextLine } from './text-line.js';

/** Lines of a name with its address. */
const LINES = 6;
/** Lines of one block are nearer than this many of their heights. */
const PARTS_BLOCKS = 2.4;
/** The letterhead stands above these. */
const LETTERHEAD = 8;

/** Legal forms: a line with one names a company. */
const COMPANY =
  /(?:^|[\s,])(?:GmbH(?:\s*&\s*Co\.?\s*KG)?|AG|KG|OHG|e\.K\.|UG|Ltd\.?|Limited|LLC|L\.L\.C\.|Inc\.?|Corp\.?|Co\.,?\s*Ltd\.?|PLC|LLP|S\.?A\.?R\.?L\.?|SAS|S\.A\.S\.|S\.A\.|S\.L\.U?\.?|S\.r\.l\.?|S\.p\.A\.?|B\.V\.|N\.V\.|A\/S|AB|Oy|Sp\.\s*z\s*o\.o\.)(?=$|[\s,·|•])/u;

const BLOCKS = [BUYER, SUPPLIER, OTHER_BLOCK, INVOICE_NUMBER, INVOICE_DATE];

export function buyerOf(lines: readonly TextLine[]): Found<Party> | null {
  return partyUnder(lines, BUYER);
}

/** Whoever is labelled as the one who sells; else the company of the letterhead. */
export function supplierOf(lines: readonly TextLine[]): Found<Party> | null {
  return partyUnder(lines, SUPPLIER) ?? letterhead(lines);
}

/** The block behind or below a label: its first line is the name, the others the address. */
function partyUnder(lines: readonly TextLine[], label: RegExp): Found<Party> | null {
  for (const [index, line] of lines.entries()) {
    for (const cell of line.cells) {
      const behind = label.exec(cell.text.trim())?.[1];
      if (behind === undefined) continue;
      const below = blockBelow(lines, index, cell);
      const [name, ...address] = behind === '' ? below : [behind, ...below];
      if (name === undefined || !/\p{L}{2}/u.test(name)) continue;
      return { value: party(name, address), at: foundIn(line) };
    }
  }
  return null;
}

function blockBelow(lines: readonly TextLine[], index: number, cell: TextCell): string[] {
  const block: string[] = [];
  let above = lines[index];
  for (const line of linesBelow(lines, index, LINES)) {
    const text = cellUnder(line, cell)?.text.trim();
    if (text === undefined) continue; // a line of the block beside it
    if (above && above.y - line.y > PARTS_BLOCKS * Math.max(above.size, line.size)) break;
    above = line;
    if (BLOCKS.some((other) => other.test(text))) break;
    if (headingOf([line])) break;
    block.push(text);
  }
  return block;
}

function letterhead(lines: readonly TextLine[]): Found<Party> | null {
  const top = lines.filter(({ page, line }) => page === 1 && line <= LETTERHEAD);
  for (const [index, line] of top.entries()) {
    if (line.cells.some(({ text }) => BUYER.test(text.trim()))) return null;
    const cell = line.cells.find(({ text }) => COMPANY.test(text));
    if (!cell) continue;
    // “Name · Street 1 · 12345 Town” in one line, as letters have it.
    const [name = '', ...inLine] = cell.text.split(/\s+[·|•–]\s+/u);
    const address = inLine.length > 0 ? inLine : blockBelow(top, index, cell);
    return { value: party(name, address), at: foundIn(line) };
  }
  return null;
}

function party(name: string, address: readonly string[]): Party {
  return { name: name.trim(), address: address.length > 0 ? address.join(', ') : null };
}
