// What the page shows of the answers.

const byId = (id) => document.getElementById(id);

function definition([term, text]) {
  const dt = document.createElement('dt');
  const dd = document.createElement('dd');
  dt.textContent = term;
  dd.textContent = text;
  const pair = document.createElement('div');
  pair.append(dt, dd);
  return pair;
}

const money = (amount, currency) => `${amount.toFixed(2)} ${currency ?? ''}`;

/** The figures of the dashboard: those that are one number each. */
export function figureList(list, figures) {
  const numbers = Object.entries(figures).filter(([, value]) => typeof value === 'number');
  list.replaceChildren(...numbers.map(definition));
}

function recoveryRow(recovery, open) {
  const row = document.createElement('tr');
  row.dataset.id = recovery.id;
  row.dataset.actions = recovery.actions.join(' ');
  const amount = money(recovery.guaranteedAmount, recovery.currency);
  for (const text of [recovery.type, recovery.details, amount, recovery.status]) {
    const td = document.createElement('td');
    td.textContent = text;
    row.append(td);
  }
  row.children[2].className = 'number';
  row.addEventListener('click', () => open(recovery.id));
  return row;
}

export function showRecoveries(body, recoveries, open) {
  body.replaceChildren(...recoveries.map((recovery) => recoveryRow(recovery, open)));
}

/** The page of one case: what it is worth, how it stands, what happened to it, and what can be done now. */
export function showCase(one) {
  byId('case').hidden = false;
  byId('case').dataset.id = one.id;
  byId('case-title').textContent = one.title;
  const facts = {
    Status: one.status,
    Submission: one.submission_status,
    Amount: money(one.guaranteedAmount, one.currency),
    Confidence: `${one.confidence} %`,
    'Amazon case': one.amazonCaseId ?? 'none',
    Units: one.unitsLost,
    Compliance: one.evidence.amazonCompliance,
  };
  byId('case-facts').replaceChildren(...Object.entries(facts).map(definition));
  byId('case-events').replaceChildren(
    ...one.events.map(({ timestamp, title, type }) => {
      const item = document.createElement('li');
      item.textContent = `${timestamp} ${title} (${type})`;
      return item;
    }),
  );
  byId('submit').hidden = !one.actions.includes('submit');
}
