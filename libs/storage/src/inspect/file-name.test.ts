import { expect, it } from 'vitest';
import { shownName } from './file-name.js';

it.each([
  ['invoice 0815.pdf', 'invoice 0815.pdf'],
  ['Rechnung Größe №5.PDF', 'Rechnung Größe №5.pdf'],
  ['../../etc/passwd', 'passwd.pdf'],
  ['C:\\Users\\me\\scan.pdf', 'scan.pdf'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe.pdf'],
  ['a\0b\r\nSet-Cookie: x.pdf', 'abSet-Cookie_ x.pdf'],
  ['.htaccess', 'htaccess.pdf'],
  ['"><img src=x>.pdf', '___img src=x_.pdf'],
  ['', 'document.pdf'],
  ['...', 'document.pdf'],
  ['invoice.pdf.exe', 'invoice.pdf.exe.pdf'],
])('%j is shown as %j', (given, shown) => expect(shownName(given, 'application/pdf')).toBe(shown));

it('no name is long, and a picture keeps the ending it has', () => {
  expect(shownName(`${'🧾'.repeat(500)}.jpeg`, 'image/jpeg')).toBe(`${'🧾'.repeat(120)}.jpeg`);
  expect(shownName('scan', 'image/png')).toBe('scan.png');
});
