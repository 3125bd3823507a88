/** How things are labelled on invoices, in English, German, French, Spanish and Italian. */
const label = (words: string): RegExp =>
  new RegExp(`^(?:${words})(?![\\p{L}])\\s*[:.#]*\\s*(.*)$`, 'iu');

export const INVOICE_NUMBER = label(
  'invoice\\s*(?:no|nr|num|number|id|#)|rechnungs?[- ]?(?:nummer|nr)|rechnung\\s*(?:nr|nummer|no)|' +
    'facture\\s*(?:n°|nº|no|num[ée]ro)|(?:n°|num[ée]ro)\\s*(?:de\\s*)?(?:la\\s*)?facture|' +
    'factura\\s*(?:n°|nº|no|n[úu]m(?:ero)?)|(?:n°|nº|n[úu]mero)\\s*(?:de\\s*)?factura|' +
    'fattura\\s*(?:n°|nº|nr|n|num(?:ero)?)|(?:n°|nº|numero)\\s*(?:della\\s*)?fattura',
);

export const INVOICE_DATE = label(
  'invoice\\s*date|date\\s*of\\s*(?:issue|invoice)|issued?(?:\\s*on|\\s*date)?|rechnungsdatum|ausstellungsdatum|' +
    "date\\s*(?:de\\s*(?:la\\s*)?facture|de\\s*facturation|d[’']émission)|fecha\\s*(?:de\\s*(?:la\\s*)?(?:factura|emisión|expedición))|" +
    'data\\s*(?:della\\s*)?(?:fattura|emissione|documento)|date|datum|fecha|data',
);

export const BUYER = label(
  'bill(?:ed)?\\s*to|sold\\s*to|invoice(?:d)?\\s*to|buyer|customer|client|rechnungsempfänger|rechnung\\s*an|rechnungsadresse|' +
    'kunde|käufer|factur[ée]e?\\s*à|acheteur|facturar\\s*a|facturado\\s*a|cliente|comprador|intestatario|spett(?:\\.le|abile)|acquirente',
);

export const SUPPLIER = label(
  'seller|supplier|vendor|sold\\s*by|issued\\s*by|from|manufacturer|verkäufer|lieferant|hersteller|rechnungssteller|' +
    'fournisseur|vendeur|émetteur|proveedor|vendedor|emisor|fornitore|venditore|emittente|cedente',
);

/** What no name and no address begins with: another block has begun. */
export const OTHER_BLOCK = label(
  'ship(?:ped)?\\s*to|deliver(?:y|ed)\\s*(?:to|address)|lieferadresse|lieferanschrift|livr[ée]\\s*à|adresse\\s*de\\s*livraison|' +
    'enviar\\s*a|dirección\\s*de\\s*envío|destinazione|terms|payment|zahlung|vat|ust|tva|iva|nif|cif|p\\.?\\s*iva|phone|tel|e-?mail|' +
    'order|bestell\\w*|commande|pedido|ordine|po|due\\s*date|fällig\\w*|échéance|vencimiento|scadenza|currency|währung|devise|moneda|valuta',
);

/** Columns of the table of goods. */
export const COLUMNS = {
  quantity:
    /^(?:qty|quantity|units?|pcs|pieces|menge|anzahl|stück|stk|quantité|qté|cantidad|cant|uds?|quantità|q\.?tà)\.?$/iu,
  unitCost:
    /^(?:unit\s*(?:price|cost)|price(?:\s*(?:per|\/)\s*unit)?|rate|(?:einzel|stück)preis|preis(?:\s*\/?\s*(?:stk|stück|einheit))?|e-?preis|prix\s*(?:unitaire|unit\.?)|p\.?\s*u\.?(?:\s*ht)?|precio(?:\s*(?:unitario|unit\.?))?|prezzo(?:\s*(?:unitario|unit\.?))?)\.?(?:\s*\(?(?:[A-Z]{3}|[€$£])\)?)?$/iu,
  total:
    /^(?:(?:line\s*)?(?:total|amount)|net\s*amount|gesamt(?:preis|betrag)?|betrag|summe|montant(?:\s*ht)?|total\s*ht|importe|totale|importo)\.?(?:\s*\(?(?:[A-Z]{3}|[€$£])\)?)?$/iu,
  sku: /^(?:sku|item(?:\s*(?:no|number|code|#))?|article(?:\s*(?:no|number))?|part\s*(?:no|number)|product\s*code|code|art(?:ikel)?[-.\s]*(?:nr|nummer)|référence|réf|referencia|ref|código|codice|articolo)\.?$/iu,
  fnsku: /^fnsku$/iu,
  asin: /^asin$/iu,
  description:
    /^(?:description|product(?:\s*name)?|goods|bezeichnung|beschreibung|produkt|artikel|désignation|libellé|produit|descripción|concepto|producto|descrizione|prodotto)$/iu,
} as const;
export type Column = keyof typeof COLUMNS;

/** A row that adds up: the goods end there. */
export const TOTALS =
  /^(?:sub\s*-?\s*total|total|grand\s*total|net(?:to)?(?:\s*total)?|amount\s*due|balance|zwischensumme|gesamt(?:betrag|summe)?|nettobetrag|summe|mwst|ust|vat|tva|iva|tax|sous-total|total\s*(?:ht|ttc)|base\s*imponible|imponibile|totale|shipping|freight|versand\w*|transport)(?![\p{L}])/iu;
