// One claim: how it stands, what speaks for it, what happened to it, and what its seller can do now. Its address is the
// part of the page's address behind #, so that going back closes it and a reload keeps it open.
import { call } from './api.js';
import { showClaims } from './claims.js';
import { byId, definitions, element, money, number, notify, press, when } from './elements.js';

const dialog = byId('case');
const opened = () => decodeURIComponent(location.hash.slice(1));

function factsOf(one) {
  const unit = one.unitCost === null ? null : money(one.unitCost, one.currency);
  return [
    ['Status', one.status],
    ['Value', one.amountKnown ? money(one.guaranteedAmount, one.currency) : 'unknown'],
    ['Units lost', number.format(one.unitsLost) + (unit ? ` at ${unit}` : '')],
    ['Product', [one.productName, one.sku, one.asin].filter(Boolean).join(', ')],
    ['Warehouse', one.facility],
    ['Likely', `${Math.round(one.confidence)} %`],
    ['Deadline', one.deadline],
    ['Amazon case', one.amazonCaseId],
    ['Denied because', one.rejection_reason],
  ].filter(([, text]) => text);
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** What the instant of a wait is; of every other one it is when the claim goes on by itself. */
const UNTIL = { amazon_answer: 'Waited for until', payment: 'Expected on' };

/** What it waits for, and until when: a day stays the day that it is, an instant is told where the reader is. */
function waitingText({ waiting }) {
  if (!waiting) return '';
  const { message, until } = waiting;
  if (until === null) return message;
  const time = DAY.test(until) ? until : when(until);
  return `${message} ${UNTIL[waiting.for] ?? 'Goes on by itself'}: ${time}.`;
}

function evidenceOf({ requiredDocuments, amazonCompliance, complianceReasons }) {
  const documents = requiredDocuments.map(({ type, status, reasons }) =>
    [`${type.replaceAll('_', ' ')}: ${status.toLowerCase()}`, ...reasons].join('. '),
  );
  const rules = [`Amazon's rules: ${amazonCompliance.toLowerCase()}`, ...complianceReasons];
  return [...documents, rules.join('. ')].map((text) => element('li', text));
}

function showCase(one) {
  byId('case-title').textContent = one.title;
  byId('case-waiting').textContent = waitingText(one);
  byId('case-waiting').hidden = !one.waiting;
  byId('case-facts').replaceChildren(...definitions(factsOf(one)));
  byId('case-evidence').replaceChildren(...evidenceOf(one.evidence));
  byId('case-events').replaceChildren(
    ...one.events.map(({ timestamp, title, description }) =>
      element('li', [
        element('strong', title),
        ` ${when(timestamp)}`,
        element('div', description, 'quiet'),
      ]),
    ),
  );
  byId('case-packet').href = `/api/recoveries/${encodeURIComponent(one.id)}/document`;
  byId('case-submit').hidden = !one.actions.includes('submit');
}

async function open() {
  const id = opened();
  if (id === '') return dialog.close();
  const { body } = await call(`/api/recoveries/${encodeURIComponent(id)}`);
  if (id !== opened()) return;
  showCase(body);
  if (!dialog.open) dialog.showModal();
}

/** Brings an open claim up to date; nothing when none is open. */
export async function refreshCase() {
  if (dialog.open) await open();
}

/** Opens the claim that the address names, now and whenever it changes. */
export function followAddress() {
  const openOrTell = () => open().catch((error) => notify(error.message));
  addEventListener('hashchange', openOrTell);
  return openOrTell();
}

dialog.addEventListener('close', () => {
  if (location.hash) history.pushState(null, '', location.pathname + location.search);
});
byId('case-close').addEventListener('click', () => dialog.close());
byId('case-submit').addEventListener('click', ({ target }) =>
  press(target, async () => {
    await call(`/api/claims/${encodeURIComponent(opened())}/submit`, { method: 'POST' });
    await Promise.all([open(), showClaims()]);
  }),
);
