/** A PDF that says these lines, as small as one can be; none may hold a parenthesis or a backslash. */
export function pdfOf(lines: readonly string[]): string {
  const shown = lines.map((line) => `(${line}) Tj 0 -20 Td`).join(' ');
  const content = `BT /F1 12 Tf 60 760 Td ${shown} ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  const body = objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`).join('');
  return `%PDF-1.7\n${body}trailer << /Size 6 /Root 1 0 R >>\n%%EOF`;
}
