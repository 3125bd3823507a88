import { createHash } from 'node:crypto';
import { currencyDigits } from '@recoup/kernel';
import type { CaseBody } from '../routes/case-body.js';
import { DOCUMENT_STYLE } from './case-document-style.js';
import { html, Html } from './html.js';
import { facts, table } from './html-tables.js';

/** The one style that the page's policy lets in. */
export const DOCUMENT_STYLE_SOURCE = `'sha256-${createHash('sha256').update(DOCUMENT_STYLE).digest('base64')}'`;

/** The case packet of a claim as a whole HTML page: what was lost, why it is owed, what shows it, what came of it. */
export function caseDocument(claim: CaseBody): string {
  // Put together by hand: its hash holds for these very characters.
  const style = new Html(`<style>${DOCUMENT_STYLE}</style>`);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${claim.title}</title>
        ${style}
      </head>
      <body>
        <h1>${claim.title}</h1>
        <p>${standing(claim)}</p>
        ${[lost(claim), trace(claim), value(claim), evidence(claim), outcome(claim), history(claim)]}
      </body>
    </html>`;
  return page.text;
}

function standing({ status, amazonCaseId, id }: CaseBody): string {
  const filed = amazonCaseId === null ? 'not filed with Amazon' : `Amazon case ${amazonCaseId}`;
  return `${status}, ${filed}. Claim ${id}.`;
}

function lost(claim: CaseBody): Html {
  return html`<h2>What was lost</h2>
    ${facts([
      ['Product', claim.productName],
      ['SKU', claim.sku],
      ['ASIN', claim.asin],
      ['FNSKU', claim.fnsku],
      ['Units claimed', claim.unitsLost],
      ['Day of the loss', claim.lossDate],
      ['Fulfilment centre', claim.facility ?? 'not named by Amazon'],
      ['Kind', claim.type],
    ])}`;
}

/** With all the places that its currency has. */
function sum(amount: number, currency: string): string {
  return `${amount.toFixed(currencyDigits(currency))} ${currency}`;
}

/** The lines are kept whole and in order: they are how the units claimed can be checked. */
function trace({ explanation, unitsLost }: CaseBody): Html {
  const lines = explanation.allocation.map(({ day, kind, quantity, reference, facility }) => [
    day,
    kind,
    quantity,
    reference,
    facility ?? '',
  ]);
  const left = ['', 'left to claim', unitsLost, '', ''];
  return html`<h2>How the units claimed follow from Amazon's records</h2>
    ${table(['Day', 'What', '#Units', 'Reference', 'Fulfilment centre'], [...lines, left])}`;
}

function value(claim: CaseBody): Html {
  const { policy, currency, unitCostKnown, amountKnown } = claim;
  const until = policy.effectiveTo === null ? '' : ` to ${policy.effectiveTo}`;
  return html`<h2>What it is worth, and under which policy</h2>
    ${facts([
      ['Per unit', unitCostKnown ? sum(claim.unitCost, currency) : 'unknown'],
      ['In all', amountKnown ? sum(claim.guaranteedAmount, currency) : 'unknown'],
      ['Policy', policy.name],
      ['In force', `from ${policy.effectiveFrom}${until}`],
      ['Source', policy.source],
      ['Can be filed', `from ${claim.opensOn} to ${claim.deadline}`],
    ])}`;
}

function evidence({ evidence: checked, explanation }: CaseBody): Html {
  const documents = checked.requiredDocuments.map(({ type, status, reasons }) => [
    type.replaceAll('_', ' '),
    status,
    reasons.join(' '),
  ]);
  const sources = explanation.sources.map(({ kind, key }) => [kind, key]);
  return html`<h2>Evidence</h2>
    ${table(['Document', 'Status', 'Remarks'], documents)}
    <p>Amazon's rules: ${checked.amazonCompliance}. ${checked.complianceReasons.join(' ')}</p>
    <h2>Records that it rests on</h2>
    ${table(['Kind', 'Record'], sources)}`;
}

function outcome({ payments, reversals }: CaseBody): Html {
  if (payments.length + reversals.length === 0) return html``;
  const row = (what: string) => (entry: CaseBody['payments'][number]) => [
    entry.date,
    what,
    entry.reference,
    entry.amount === null ? '' : sum(entry.amount, entry.currency),
    entry.unitsInKind || '',
  ];
  const rows = [...payments.map(row('paid')), ...reversals.map(row('taken back'))];
  return html`<h2>Payments</h2>
    ${table(['Day', 'What', 'Reference', '#Amount', '#Units in kind'], rows)}`;
}

function history({ events }: CaseBody): Html {
  const rows = events.map(({ timestamp, title, description }) => [timestamp, title, description]);
  return html`<h2>History</h2>
    ${table(['Time (UTC)', 'Step', 'Details'], rows)}`;
}
