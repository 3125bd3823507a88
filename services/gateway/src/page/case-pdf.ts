import type { PacketPage, PacketSection, WrittenTable } from '@recoup/domain';
import PDFDocument from 'pdfkit';
import { printable } from './printable.js';

const MARGIN = 48;
const FONT = 'Helvetica';
const BOLD = 'Helvetica-Bold';
const SIZE = 9;

/** When nothing is known of a file's making but its content, two of the same content are the same bytes. */
const NO_DATE = new Date(0);

/**
 * The case packet of a claim as a PDF (A4): the same packet is the same bytes, so that two can be compared. It has the
 * fonts that every reader has and embeds none; characters that they lack are written as `[U+code]`, and the file says so.
 */
export async function casePdf(packet: PacketPage): Promise<Buffer> {
  const lacking = printable(JSON.stringify(packet)).lacking > 0;
  const pdf = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang: packet.language,
    info: { Title: packet.title, CreationDate: NO_DATE, ModDate: NO_DATE },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  pdf.font(BOLD).fontSize(15).text(printable(packet.title).text).moveDown(0.3);
  for (const line of packet.lead) paragraph(pdf, line);
  if (lacking) paragraph(pdf, packet.codePointNote);
  for (const one of packet.sections) section(pdf, one);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

type Pdf = InstanceType<typeof PDFDocument>;

function paragraph(pdf: Pdf, text: string): void {
  pdf.font(FONT).fontSize(SIZE).text(printable(text).text, MARGIN).moveDown(0.3);
}

function section(pdf: Pdf, { heading, paragraphs, pairs, tables }: PacketSection): void {
  pdf.moveDown(0.8).font(BOLD).fontSize(11).text(printable(heading).text, MARGIN).moveDown(0.3);
  for (const text of paragraphs) paragraph(pdf, text);
  if (pairs.length > 0) rows(pdf, pairs, [150, '*']);
  for (const table of tables) tableOf(pdf, table);
}

function tableOf(pdf: Pdf, { caption, columns, rows: body }: WrittenTable): void {
  if (caption !== '') {
    pdf.moveDown(0.4).font(BOLD).fontSize(SIZE).text(printable(caption).text, MARGIN).moveDown(0.2);
  }
  const heads = columns.map(({ label }) => label);
  const align = columns.map(({ isNumber }) => (isNumber ? 'right' : 'left'));
  pdf
    .font(FONT)
    .fontSize(columns.length > 7 ? 6.5 : 8)
    .table({
      defaultStyle: { border: [0, 0, 0.5, 0], borderColor: '#bbbbbb', padding: 3 },
      columnStyles: align.map((side) => ({ align: { x: side } })),
      data: [
        heads.map((head) => ({ text: printable(head).text, font: { src: BOLD } })),
        ...body.map(textsOf),
      ],
    });
  pdf.x = MARGIN;
}

function rows(pdf: Pdf, pairs: PacketSection['pairs'], widths: readonly (number | '*')[]): void {
  pdf
    .font(FONT)
    .fontSize(SIZE)
    .table({
      defaultStyle: { border: false, padding: 2 },
      columnStyles: [...widths],
      data: pairs.map(textsOf),
    });
  pdf.x = MARGIN;
}

function textsOf(cells: readonly string[]): string[] {
  return cells.map((cell) => printable(cell).text);
}
