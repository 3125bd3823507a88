import type { DocumentKind, FoundAt } from '@recoup/contracts';
import { foundIn } from './found.js';
import type { TextLine } from './text-line.js';

/** What documents call themselves, in English, German, French, Spanish and Italian. The first that fits counts. */
const NAMES: readonly (readonly [DocumentKind, string])[] = [
  [
    'pro_forma',
    'pro[- ]?forma(?:[- ]?(?:invoice|rechnung))?|factures? pro[- ]?forma|facturas? pro[- ]?forma|fatture? pro[- ]?forma',
  ],
  [
    'commercial_invoice',
    'commercial invoice|handelsrechnung|facture commerciale|factura comercial|fattura commerciale',
  ],
  [
    'order_confirmation',
    '(?:sales )?order (?:confirmation|acknowledge?ment)|auftragsbestätigung|bestellbestätigung|' +
      "confirmation de commande|confirmación de(?:l)? pedido|conferma (?:d[’']|di |dell[’'])?ordine|purchase order",
  ],
  [
    'delivery_note',
    'delivery note|lieferschein|bon de livraison|albarán(?: de entrega)?|nota de entrega|' +
      'documento di trasporto|bolla di consegna|d\\.?d\\.?t\\.?',
  ],
  [
    'packing_slip',
    'packing (?:slip|list)|packliste|packzettel|liste de colisage|lista de (?:empaque|embalaje)|distinta di imballaggio',
  ],
  [
    'bill_of_lading',
    '(?:straight )?bill of lading|frachtbrief|lettre de voiture|carta de porte|lettera di vettura|cmr',
  ],
  [
    'proof_of_delivery',
    'proof of delivery|e-?pod|ablieferungs?nachweis|zustellnachweis|preuve de livraison|prueba de entrega|prova di consegna',
  ],
  [
    'invoice',
    '(?:sales |tax |vat )?invoice|rechnung|facture|factura|fattura(?: (?:immediata|accompagnatoria))?',
  ],
];

/** A title may bear a number, and nothing else: “Delivery note no. 77” in a sentence is no title. */
const NUMBERED =
  '(?:\\s*(?:no|nr|n°|nº|num|number|nummer|numéro|número|numero|#)?[.:]*\\s*[\\w/-]*\\d[\\w/-]*)?';

const titles = NAMES.map(
  ([kind, names]) => [kind, new RegExp(`^(?:${names})${NUMBERED}\\s*[:.]?$`, 'iu')] as const,
);
const bare = NAMES.map(
  ([kind, names]) => [kind, new RegExp(`^(?:${names})\\s*[:.]?$`, 'iu')] as const,
);

export interface Heading {
  readonly kind: DocumentKind;
  readonly at: FoundAt;
}

interface Candidate extends Heading {
  readonly size: number;
  /** Without a number: an invoice names the number of its delivery note, and its own title stands alone. */
  readonly alone: boolean;
}

/** What a document calls itself on its first page: its largest title, then one that stands alone, then the first. Null for none. */
export function headingOf(lines: readonly TextLine[]): Heading | null {
  const candidates = lines.filter(({ page }) => page === 1).flatMap(candidatesIn);
  const [best] = candidates.sort(
    (a, b) => b.size - a.size || Number(b.alone) - Number(a.alone) || a.at.line - b.at.line,
  );
  return best ? { kind: best.kind, at: best.at } : null;
}

function candidatesIn(line: TextLine): Candidate[] {
  return line.cells.flatMap(({ text }) => {
    const title = text.trim().replaceAll(/\s+/g, ' ');
    // Letters set apart: “I N V O I C E”.
    const joined = /^(?:\p{L} ){3,}\p{L}$/u.test(title) ? title.replaceAll(' ', '') : title;
    const found = titles.find(([, pattern]) => pattern.test(joined));
    if (!found) return [];
    const [kind] = found;
    const alone = bare.some(([of, pattern]) => of === kind && pattern.test(joined));
    return [{ kind, alone, size: Math.round(line.size), at: foundIn(line, title) }];
  });
}
