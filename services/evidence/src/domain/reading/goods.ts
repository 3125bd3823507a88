import type { DocumentLine } from '@recoup/contracts';
import { foundIn, type Found } from './found.js';
import { COLUMNS, TOTALS, type Column } from './labels.js';
import { decimalOf, quantityOf, type DecimalMark } from './numbers.js';
import { textOf, type TextCell, type TextLine } from './text-line.js';

/** Amazon's own identifiers, which nothing else looks like. */
const FNSKU = /\b(X0[0-9A-Z]{8})\b/;
const ASIN = /\b(B0[0-9A-Z]{8})\b/;
const SKU = /\bSKU\s*[:#]?\s*([\w.-]{2,40})/i;

const names = Object.keys(COLUMNS) as Column[];

const MOST_LINES = 1000;

/** The columns from left to right; of some it is only known that they are others. */
type Header = readonly { readonly column: Column | null; readonly cell: TextCell }[];

/**
 * The rows of the table of goods: below a header that names a quantity and one thing more, up to the first sum. Identifiers
 * may stand in a line below their row.
 */
export function goodsOf(
  lines: readonly TextLine[],
  mark: DecimalMark,
): readonly Found<DocumentLine>[] {
  const goods: Found<DocumentLine>[] = [];
  let header: Header | null = null;
  for (const line of lines) {
    const next = headerIn(line);
    if (next) header = next;
    else if (header && TOTALS.test(line.cells[0]?.text.trim() ?? '')) header = null;
    else if (header && goods.length < MOST_LINES) takeRow(goods, line, { header, mark });
  }
  return goods;
}

/** A header names the quantity and at least one more column, each once. */
function headerIn(line: TextLine): Header | null {
  const known = new Set<Column>();
  const header = line.cells.map((cell) => {
    const text = cell.text.trim();
    const column = names.find((name) => !known.has(name) && COLUMNS[name].test(text)) ?? null;
    if (column) known.add(column);
    return { column, cell };
  });
  return known.has('quantity') && known.size >= 2 ? header : null;
}

function takeRow(
  goods: Found<DocumentLine>[],
  line: TextLine,
  { header, mark }: { readonly header: Header; readonly mark: DecimalMark },
): void {
  const cells = columnsOf(line, header);
  const quantity = quantityOf(cells.get('quantity') ?? '', mark);
  if (quantity === null) return completeLast(goods, line);
  const named = productIn(textOf(line));
  const text = (column: Column): string | null => cells.get(column)?.trim() || null;
  goods.push({
    at: foundIn(line),
    value: {
      ...named,
      sku: text('sku') ?? named.sku,
      description: text('description'),
      quantity,
      unitCost: unitCostOf(cells, { quantity, mark }),
    },
  });
}

/** What a text names a product by. */
function productIn(text: string): Pick<DocumentLine, 'sku' | 'fnsku' | 'asin'> {
  const [sku = null, fnsku = null, asin = null] = [SKU, FNSKU, ASIN].map(
    (pattern) => pattern.exec(text)?.[1] ?? null,
  );
  return { sku, fnsku, asin };
}

/** A line without a quantity goes on with the row above: only what names the product is taken from it. */
function completeLast(goods: Found<DocumentLine>[], line: TextLine): void {
  const last = goods.at(-1);
  if (!last || last.at.page !== line.page) return;
  const { sku, fnsku, asin } = productIn(textOf(line));
  const { value: before } = last;
  const value = {
    ...before,
    sku: before.sku ?? sku,
    fnsku: before.fnsku ?? fnsku,
    asin: before.asin ?? asin,
  };
  goods[goods.length - 1] = { ...last, value };
}

/** Each cell belongs to the column whose middle or edge is nearest; of several, the texts are joined. */
function columnsOf(line: TextLine, header: Header): ReadonlyMap<Column, string> {
  const texts = new Map<Column, string>();
  for (const cell of line.cells) {
    const [nearest] = header.toSorted((a, b) => distance(cell, a.cell) - distance(cell, b.cell));
    const column = nearest?.column ?? null;
    if (column === null) continue;
    const before = texts.get(column);
    texts.set(column, before === undefined ? cell.text : `${before} ${cell.text}`);
  }
  return texts;
}

/** Text stands to the left of its column, numbers to the right, and some in the middle. */
function distance(a: TextCell, b: TextCell): number {
  return Math.min(
    Math.abs(a.x - b.x),
    Math.abs(a.x + a.width - (b.x + b.width)),
    Math.abs(a.x + a.width / 2 - (b.x + b.width / 2)),
  );
}

/** Null also where quantity and price do not make the sum of the row: one of them was misread, or is discounted. */
function unitCostOf(
  cells: ReadonlyMap<Column, string>,
  { quantity, mark }: { readonly quantity: number; readonly mark: DecimalMark },
): string | null {
  const cost = decimalOf(cells.get('unitCost') ?? '', mark);
  const total = decimalOf(cells.get('total') ?? '', mark);
  if (cost === null || total === null) return cost;
  return fits(cost, total, quantity) ? cost : null;
}

/** Millionths, in which no price of a unit is rounded. */
const PLACES = 6;
/** Rows are rounded to a cent. */
const HALF_A_CENT = 5000n;

function fits(cost: string, total: string, quantity: number): boolean {
  const difference = millionths(cost) * BigInt(quantity) - millionths(total);
  return difference <= HALF_A_CENT && difference >= -HALF_A_CENT;
}

function millionths(decimal: string): bigint {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(`${whole}${fraction.padEnd(PLACES, '0')}`);
}
