import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '@recoup/kernel';
import { getDocumentProxy } from 'unpdf';
import { z } from 'zod';
import type { PdfText } from './pdf-text.js';
import { linesOfPage, type TextPiece } from './page-lines.js';

/** Invoices have few pages; what stands behind these is not read. */
const MOST_PAGES = 40;
const MOST_CHARACTERS = 400_000;

/** What is used of the parser: its own types lead nowhere in this installation. */
interface Pdf {
  readonly numPages: number;
  getPage(page: number): Promise<{ getTextContent(): Promise<{ items: readonly unknown[] }> }>;
}

async function textOf(bytes: Uint8Array): Promise<PdfText> {
  const pdf = (await getDocumentProxy(bytes, { verbosity: 0 })) as unknown as Pdf;
  const lines: PdfText['lines'][number][] = [];
  let characters = 0;
  for (let page = 1; page <= Math.min(pdf.numPages, MOST_PAGES); page += 1) {
    const content = await (await pdf.getPage(page)).getTextContent();
    const pieces = content.items.flatMap(pieceOf);
    characters += pieces.reduce((sum, { text }) => sum + text.length, 0);
    if (characters > MOST_CHARACTERS) break;
    lines.push(...linesOfPage(page, pieces));
  }
  return { pages: pdf.numPages, lines };
}

const itemSchema = z.object({
  str: z.string(),
  transform: z.array(z.number()).length(6),
  width: z.number(),
  height: z.number(),
});

/** Marks without text are left out. */
function pieceOf(item: unknown): TextPiece[] {
  const { data } = itemSchema.safeParse(item);
  if (!data) return [];
  const [, , , , x = 0, y = 0] = data.transform;
  return [{ text: data.str, x, y, width: data.width, height: data.height }];
}

textOf(new Uint8Array(workerData as Uint8Array)).then(
  (text) => parentPort?.postMessage(text),
  (error: unknown) => parentPort?.postMessage({ error: messageOf(error) }),
);
