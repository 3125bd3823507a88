// The list of claims, what they are worth together, and what happened lately.
import { call, everyPage } from './api.js';
import { byId, element, money, number, when } from './elements.js';

const cell = (content, className) => element('td', content, className);

const NEXT = { auto: 'Files itself', prompt: 'One question', manual: 'Review' };

/** What is still to be done before Amazon has the claim; nothing once it has. */
function nextStep({ status, tier, actions }) {
  if (actions.includes('submit')) return 'Yours to submit';
  return status === 'New' || status === 'Pending' ? NEXT[tier] : '';
}

function statusCell({ status, amazonCaseId }) {
  return cell([status, ...(amazonCaseId ? [element('div', amazonCaseId, 'quiet')] : [])]);
}

function claimRow(claim) {
  const link = element('a', claim.type);
  link.href = `#${claim.id}`;
  const value = claim.amountKnown ? money(claim.guaranteedAmount, claim.currency) : 'unknown';
  return element('tr', [
    cell([link]),
    cell(claim.details, 'wide'),
    cell(number.format(claim.quantity), 'number'),
    cell(value, 'number'),
    cell(`${Math.round(claim.confidence * 100)} %`, 'number'),
    cell(claim.deadline),
    statusCell(claim),
    cell(nextStep(claim)),
  ]);
}

function totalsText({ totalAmount, currency, claimCount, amountUnknownCount, needsSync }) {
  if (claimCount === 0)
    return needsSync ? 'No claims yet: they appear when a sync is complete.' : 'No claims.';
  const claims = `${number.format(claimCount)} ${claimCount === 1 ? 'claim' : 'claims'}`;
  const unknown = amountUnknownCount
    ? `; the value of ${number.format(amountUnknownCount)} is unknown`
    : '';
  return `${claims}, ${money(totalAmount, currency)} known${unknown}`;
}

async function fetchAndShow() {
  const [claims, totals, activity] = await Promise.all([
    everyPage('/api/recoveries?limit=100'),
    call('/api/v1/integrations/amazon/recoveries'),
    call('/api/sync/activity?limit=15'),
  ]);
  byId('totals').textContent = totalsText(totals.body);
  byId('claim-rows').replaceChildren(...claims.map(claimRow));
  byId('claim-table').hidden = claims.length === 0;
  byId('claims').hidden = false;
  const { activities } = activity.body;
  byId('activity-rows').replaceChildren(
    ...activities.map(({ timestamp, message }) => element('li', `${when(timestamp)}: ${message}`)),
  );
  byId('activity').hidden = activities.length === 0;
}

let showing;
let again = false;

/** Shows the claims as they are now. Asked again while it is under way it looks once more, and not once per question. */
export function showClaims() {
  again = true;
  showing ??= (async () => {
    try {
      while (again) {
        again = false;
        await fetchAndShow();
      }
    } finally {
      showing = undefined;
    }
  })();
  return showing;
}
