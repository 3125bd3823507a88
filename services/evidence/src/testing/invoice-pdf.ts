import PDFDocument from 'pdfkit';

/** Text at a place, in points from the upper left corner. */
export type Placed = readonly [x: number, y: number, text: string, size?: number];

/** A PDF with text where it is told, as programs for invoices make it. */
export function pdfWith(placed: readonly Placed[]): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4', margin: 0 });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  for (const [x, y, text, size = 10] of placed) {
    pdf.fontSize(size).text(text, x, y, { lineBreak: false });
  }
  return new Promise((resolve, reject) => {
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
    pdf.end();
  });
}

/** Rows of a table, whose cells begin at these places. */
export function table(
  columns: readonly number[],
  from: number,
  rows: readonly (readonly string[])[],
): Placed[] {
  return rows.flatMap((row, index) =>
    row.map((text, column): Placed => [columns[column] ?? 0, from + index * 18, text]),
  );
}
