import type { DocumentKind } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { readText } from '../domain/reading/read-text.js';
import { pdfWith, table, type Placed } from '../testing/invoice-pdf.js';
import { pdfText, UnreadablePdf } from './pdf-text.js';

async function read(placed: readonly Placed[]) {
  const { lines } = await pdfText(await pdfWith(placed));
  return readText(lines);
}

describe('given an invoice, then its fields are proposed with their places', () => {
  it('in English, with labels above their values', async () => {
    const reading = await read([
      [40, 40, 'Blue Kiln Ceramics Ltd.', 14],
      [40, 58, '4 Pottery Lane'],
      [40, 72, 'Stoke ST1 2AB, United Kingdom'],
      [400, 40, 'INVOICE', 22],
      [400, 80, 'Invoice No.'],
      [480, 80, 'Date'],
      [400, 95, 'BK-2026/118'],
      [480, 95, '14 August 2026'],
      [40, 130, 'Bill to:'],
      [40, 145, 'Harbor Pine LLC'],
      [40, 160, '12 Dock Road, Seattle WA 98101'],
      [300, 130, 'Ship to:'],
      [300, 145, 'Amazon PHX7'],
      ...table([40, 130, 330, 400, 480], 200, [
        ['SKU', 'Description', 'Qty', 'Unit price', 'Amount'],
        ['MUG-BLUE', 'Blue mug 350 ml', '1,200', '3.405', '4,086.00'],
        ['', 'FNSKU: X001ABCDEF'],
        ['BOWL-2', 'Serving bowl', '80', '11.20', '896.00'],
        ['Subtotal', '', '', '', '4,982.00'],
        ['Total GBP', '', '', '', '4,982.00'],
      ]),
    ]);
    expect(reading).toMatchObject({
      kind: 'invoice',
      remarks: [],
      fields: {
        number: 'BK-2026/118',
        issuedOn: '2026-08-14',
        currency: 'GBP',
        supplier: {
          name: 'Blue Kiln Ceramics Ltd.',
          address: '4 Pottery Lane, Stoke ST1 2AB, United Kingdom',
        },
        buyer: { name: 'Harbor Pine LLC', address: '12 Dock Road, Seattle WA 98101' },
        lines: [
          { sku: 'MUG-BLUE', fnsku: 'X001ABCDEF', quantity: 1200, unitCost: '3.405' },
          { sku: 'BOWL-2', fnsku: null, quantity: 80, unitCost: '11.20' },
        ],
      },
    });
    expect(reading.found['kind']).toMatchObject({ page: 1, text: 'INVOICE' });
    expect(reading.found['lines.1']?.text).toContain('Serving bowl');
  });

  it('in German, with labels before their values and a letterhead in one line', async () => {
    const reading = await read([
      [50, 50, 'Keramik Nord GmbH · Hafenstr. 12 · 20457 Hamburg', 8],
      [50, 110, 'Rechnungsempfänger'],
      [50, 125, 'Harbor Pine LLC'],
      [50, 140, '12 Dock Road'],
      [50, 155, 'Seattle WA 98101, USA'],
      [50, 210, 'Rechnung', 18],
      [50, 240, 'Rechnungsnummer: RE-2026-0815'],
      [300, 240, 'Rechnungsdatum: 03.08.2026'],
      [300, 255, 'Lieferschein Nr. 5566'],
      ...table([50, 90, 200, 380, 430, 500], 300, [
        ['Pos.', 'Art.-Nr.', 'Bezeichnung', 'Menge', 'Einzelpreis', 'Gesamt'],
        ['1', 'TASSE-BL', 'Tasse blau', '1.200', '3,40 €', '4.080,00 €'],
        ['Zwischensumme', '', '', '', '', '4.080,00 €'],
      ]),
    ]);
    expect(reading).toMatchObject({
      kind: 'invoice',
      fields: {
        number: 'RE-2026-0815',
        issuedOn: '2026-08-03',
        currency: 'EUR',
        supplier: { name: 'Keramik Nord GmbH', address: 'Hafenstr. 12, 20457 Hamburg' },
        buyer: { name: 'Harbor Pine LLC', address: '12 Dock Road, Seattle WA 98101, USA' },
        lines: [{ sku: 'TASSE-BL', quantity: 1200, unitCost: '3.40' }],
      },
    });
  });

  it.each([
    [
      'French',
      [
        'Facture',
        'Facture N° : F-77',
        'Date de facture : 3 août 2026',
        'Facturé à :',
        ['Réf', 'Désignation', 'Quantité', 'Prix unitaire', 'Montant'],
        'Total HT',
      ],
    ],
    [
      'Spanish',
      [
        'Factura',
        'Factura nº: F-77',
        'Fecha: 3 de agosto de 2026',
        'Cliente:',
        ['Referencia', 'Descripción', 'Cantidad', 'Precio', 'Importe'],
        'Base imponible',
      ],
    ],
    [
      'Italian',
      [
        'Fattura',
        'Fattura n. F-77',
        'Data: 03.08.2026',
        'Cliente:',
        ['Codice', 'Descrizione', 'Quantità', 'Prezzo', 'Importo'],
        'Imponibile',
      ],
    ],
  ] as const)('in %s', async (_, [title, number, date, buyer, header, sum]) => {
    const reading = await read([
      [40, 40, 'Ceramica Sur S.L.'],
      [40, 55, 'Calle Mayor 1, 28013 Madrid'],
      [400, 40, title, 20],
      [400, 80, number],
      [400, 95, date],
      [40, 120, buyer],
      [40, 135, 'Harbor Pine LLC'],
      [40, 150, '12 Dock Road, Seattle'],
      ...table([40, 120, 300, 380, 470], 200, [
        [...header],
        ['MUG-BLUE', 'Taza', '120', '3,40', '408,00'],
        [sum, '', '', '', '408,00'],
        ['EUR'],
      ]),
    ]);
    expect(reading).toMatchObject({
      kind: 'invoice',
      fields: {
        number: 'F-77',
        issuedOn: '2026-08-03',
        currency: 'EUR',
        supplier: { name: 'Ceramica Sur S.L.' },
        buyer: { name: 'Harbor Pine LLC', address: '12 Dock Road, Seattle' },
        lines: [{ sku: 'MUG-BLUE', quantity: 120, unitCost: '3.40' }],
      },
    });
  });
});

describe('given what is not sure, then it is null, and said', () => {
  it('a date of two readings, two currencies, and a price that does not make its sum', async () => {
    const { fields, remarks } = await read([
      [40, 40, 'INVOICE', 20],
      [40, 80, 'Date: 03/08/2026'],
      [40, 95, 'All prices in USD, payable in EUR'],
      ...table([40, 200, 300, 400], 150, [
        ['SKU', 'Qty', 'Unit price', 'Amount'],
        ['MUG', '10', '3.40', '30.60'],
      ]),
    ]);
    expect(fields).toMatchObject({
      number: null,
      issuedOn: null,
      currency: null,
      supplier: null,
      buyer: null,
    });
    expect(fields.lines).toMatchObject([{ sku: 'MUG', quantity: 10, unitCost: null }]);
    expect(remarks).toHaveLength(5);
  });

  it('a picture without text', async () => {
    expect(await read([[40, 40, 'a1']])).toMatchObject({ kind: 'unreadable' });
  });
});

describe('given what people send instead of an invoice, then it is known by its title', () => {
  it.each<[DocumentKind, string]>([
    ['pro_forma', 'PRO FORMA INVOICE'],
    ['pro_forma', 'Proforma-Rechnung Nr. 12'],
    ['pro_forma', 'Facture proforma'],
    ['commercial_invoice', 'Commercial Invoice'],
    ['order_confirmation', 'Auftragsbestätigung'],
    ['order_confirmation', 'Order Confirmation #4711'],
    ['delivery_note', 'Lieferschein'],
    ['delivery_note', 'Bon de livraison'],
    ['packing_slip', 'Packing Slip'],
    ['bill_of_lading', 'STRAIGHT BILL OF LADING'],
    ['proof_of_delivery', 'Proof of Delivery'],
    ['invoice', 'I N V O I C E'],
    ['other', 'Dear Sir or Madam'],
  ])('%s: %s', async (kind, title) => {
    const reading = await read([
      [40, 40, title, 20],
      [40, 80, 'Invoice No. 12 of the same order, delivery note no. 3, see our terms of trade'],
    ]);
    expect(reading.kind).toBe(kind);
  });
});

it('given what is no PDF inside, then it cannot be read, and the reader goes on', async () => {
  await expect(pdfText(Buffer.from('%PDF-1.7\nnothing\n%%EOF'))).rejects.toThrow(UnreadablePdf);
  expect((await pdfText(await pdfWith([[40, 40, 'Hello']]))).pages).toBe(1);
});
