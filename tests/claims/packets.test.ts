import { claimSubtypeSchema } from '@recoup/contracts';
import { isPacketFact, packetPage, type ClaimState, type PacketPage } from '@recoup/domain';
import { caseDocument, casePdf } from '@recoup/gateway';
import { extractText, getDocumentProxy } from 'unpdf';
import { beforeAll, describe, expect, it } from 'vitest';
import { claimOf, realClaims, type RealClaim } from './real-claims.js';

/** A marketplace for each language that case workers are written to in, and how numbers are written there. */
const LANGUAGES = [
  { tag: 'en-US', marketplaceId: 'ATVPDKIKX0DER' },
  { tag: 'de-DE', marketplaceId: 'A1PA6795UKMFR9' },
  { tag: 'fr-FR', marketplaceId: 'A13V1IB3VIYZZH' },
  { tag: 'es-ES', marketplaceId: 'A1RKKUPIHCS9HS' },
  { tag: 'it-IT', marketplaceId: 'APJ6JRA9NG5V4' },
] as const;
type Language = (typeof LANGUAGES)[number];

/** What a value that was not there leaves behind in a text. */
const LEFT_BEHIND = /undefined|\bNaN\b|\bnull\b|\[object|Invalid Date|\{\w+\}/;

/** One claim of each kind that the world produces. */
let claims: readonly RealClaim[];

beforeAll(async () => {
  const all = await realClaims({ seed: 7 });
  claims = claimSubtypeSchema.options.flatMap(
    (subtype) => all.find(({ finding }) => finding.subtype === subtype) ?? [],
  );
}, 120_000);

interface Written {
  readonly claim: ClaimState;
  readonly page: PacketPage;
}

function written({ finding, cited }: RealClaim, { marketplaceId }: Language): Written {
  const subject = { ...finding.subject, marketplaceId };
  const claim = claimOf({ ...finding, subject });
  const facts = cited.filter(isPacketFact);
  const unstored = finding.sources.length - cited.length;
  return { claim, page: packetPage({ claim, facts, unstored, paymentsRead: '2026-11-20' }) };
}

const bare = (text: string): string => text.replaceAll(/[\s\u2068\u2069]/g, '');

/** What a case worker looks the claim up by, and what is asked for, as it is written in that language. What would have been right has no id. */
function saidOf({ subject, assessment }: ClaimState, { tag }: Language): readonly string[] {
  const { sku, asin, fnsku, orderId, shipmentId, removalOrderId, reimbursementId } = subject;
  const ids = [sku, asin, fnsku, orderId, shipmentId, removalOrderId, reimbursementId];
  const { total } = assessment.value;
  const money = new Intl.NumberFormat(tag, { minimumFractionDigits: 2 });
  return [
    ...ids.flatMap((id) => (id === '' ? [] : (id ?? []))),
    ...assessment.allocation.flatMap(({ kind, reference }) =>
      kind === 'expected' ? [] : (reference ?? []),
    ),
    new Intl.NumberFormat(tag).format(assessment.quantity),
    ...(total ? [`${money.format(Number(total.amount))} ${total.currency}`] : []),
  ];
}

describe('given a claim of every kind that the detectors make of a simulated seller', () => {
  it('then the world makes most kinds', () => {
    expect(claims.length).toBeGreaterThan(15);
  });

  it.each(LANGUAGES)('then its page is whole: $tag', (language) => {
    for (const one of claims) {
      const { claim, page } = written(one, language);
      const { subtype } = claim;
      expect.soft(page.language, subtype).toBe(language.tag);
      const markup = caseDocument(page);
      const shown = markup.replace(/<style>[^]*<\/style>/, '');
      expect.soft(LEFT_BEHIND.exec(shown)?.[0], `${subtype}: left behind`).toBeUndefined();
      const tables = page.sections.flatMap((section) => section.tables);
      expect.soft(tables.length, `${subtype}: tables`).toBeGreaterThan(0);
      for (const { caption, columns, rows } of tables) {
        expect.soft(columns.length * rows.length, `${subtype}: ${caption}`).toBeGreaterThan(0);
        expect.soft(new Set(rows.map((row) => row.length))).toEqual(new Set([columns.length]));
      }
      const empty = page.sections.filter(
        ({ paragraphs, pairs, tables: own }) => paragraphs.length + pairs.length + own.length === 0,
      );
      expect.soft(empty, `${subtype}: empty sections`).toEqual([]);
      const text = bare(JSON.stringify(page));
      for (const said of saidOf(claim, language)) expect.soft(text, subtype).toContain(bare(said));
    }
  });

  it('then kinds are told apart in every language', () => {
    for (const language of LANGUAGES) {
      const titles = claims.map((one) => written(one, language).page.title);
      expect(new Set(titles).size).toBe(titles.length);
    }
  });

  it('then its file says what is asked for, and by which ids it is found: all kinds in English, each fifth in every language', async () => {
    for (const [nth, one] of claims.entries()) {
      for (const language of nth % 5 === 0 ? LANGUAGES : LANGUAGES.slice(0, 1)) {
        const { claim, page } = written(one, language);
        const name = `${claim.subtype} ${language.tag}`;
        const file = await getDocumentProxy(new Uint8Array(await casePdf(page)));
        const { text } = await extractText(file, { mergePages: true });
        expect.soft(LEFT_BEHIND.exec(text)?.[0], name).toBeUndefined();
        const shown = bare(text);
        for (const said of saidOf(claim, language)) expect.soft(shown, name).toContain(bare(said));
      }
    }
  }, 60_000);
});
