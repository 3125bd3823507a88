import { z } from 'zod';
import type { FoundDocument } from '../adapters/document-reads.js';
import type { App, Gateway } from '../gateway.js';
import { sessionOf } from '../http/session.js';
import { searchWords } from '../projections/document.js';
import { documentSummary } from './document-body.js';

const MOST_WORDS = 8;
const MOST_RESULTS = 20;
/** Characters on each side of what was found. */
const AROUND = 80;

const foundSchema = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      snippet: z.string(),
      source: z.literal('upload'),
      /** 0–1: how well it fits. */
      confidence: z.number(),
    }),
  ),
});

/** Looks for words in the names, fields and texts of what a seller gave. */
export function documentSearchRoute(app: App, { reads, documents }: Gateway): void {
  app.get(
    '/api/v1/integrations/evidence/search',
    {
      schema: {
        summary: 'Search the documents that were given',
        querystring: z.object({ q: z.string().max(500).default('') }),
        response: { 200: foundSchema },
      },
    },
    async (request) => {
      const { tenantId } = sessionOf(request);
      const words = [...new Set(searchWords(request.query.q))].slice(0, MOST_WORDS);
      const found = await reads.findDocuments(tenantId, words, MOST_RESULTS);
      const textOf = async ({ doc, sealed }: FoundDocument): Promise<string> => {
        if (!sealed || !documents) return '';
        // Gone with its key: an erasure came in between, and the next search does not find it.
        return documents.openText({ tenantId, ...doc }, sealed).catch(() => '');
      };
      const results = await Promise.all(
        found.map(async (one) => ({
          id: one.doc.documentId,
          title: one.doc.name,
          snippet: passage(await textOf(one), words) ?? summary(one),
          source: 'upload' as const,
          confidence: Math.round(one.rank * 100) / 100,
        })),
      );
      return { results };
    },
  );
}

/** The passage around the first of the words, in one line; null where none of them is in the text. */
function passage(text: string, words: readonly string[]): string | null {
  const lower = text.toLowerCase();
  const places = words.map((word) => lower.indexOf(word)).filter((at) => at >= 0);
  if (places.length === 0) return null;
  const at = Math.min(...places);
  const [from, to] = [Math.max(0, at - AROUND), Math.min(text.length, at + AROUND)];
  const cut = text.slice(from, to).replaceAll(/\s+/g, ' ').trim();
  return `${from > 0 ? '… ' : ''}${cut}${to < text.length ? ' …' : ''}`;
}

function summary({ doc }: FoundDocument): string {
  const { linkedSKUs, kind } = documentSummary(doc);
  return [kind?.replaceAll('_', ' ') ?? 'document', ...linkedSKUs.slice(0, 5)].join(', ');
}
