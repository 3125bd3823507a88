// The plain page: what a seller needs to see the product work, by the same routes any frontend uses.

const byId = (id) => document.getElementById(id);
const number = new Intl.NumberFormat('en-US');

/** Calls a route; throws its message for a person to read. */
async function call(path, options) {
  const response = await fetch(path, { headers: { accept: 'application/json' }, ...options });
  const body = await response.json();
  if (!response.ok) throw Object.assign(new Error(body.message), { status: response.status, body });
  return { body, response };
}

function notify(message) {
  byId('notice').textContent = message ?? '';
  byId('notice').hidden = !message;
}

/** Runs something a button asked for, with its button out of reach meanwhile. */
async function press(button, work) {
  button.disabled = true;
  notify();
  try {
    await work();
  } catch (error) {
    notify(error.message);
  } finally {
    button.disabled = false;
  }
}

const money = (amount, currency) =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(amount);

function cell(text, className) {
  const td = document.createElement('td');
  td.textContent = text;
  if (className) td.className = className;
  return td;
}

const NEXT = { auto: 'Files itself', prompt: 'One question', manual: 'Review' };

/** What is still to be done before Amazon has the claim; nothing once it has. */
const nextStep = ({ status, tier }) => (status === 'New' || status === 'Pending' ? NEXT[tier] : '');

function statusCell({ status, amazonCaseId }) {
  const td = cell(status);
  if (amazonCaseId) {
    const number = document.createElement('div');
    number.className = 'quiet';
    number.textContent = amazonCaseId;
    td.append(number);
  }
  return td;
}

function claimRow(claim) {
  const row = document.createElement('tr');
  const value = claim.amountKnown ? money(claim.guaranteedAmount, claim.currency) : 'unknown';
  row.append(
    cell(claim.type),
    cell(claim.details, 'wide'),
    cell(number.format(claim.quantity), 'number'),
    cell(value, 'number'),
    cell(`${Math.round(claim.confidence * 100)} %`, 'number'),
    cell(claim.deadline),
    statusCell(claim),
    cell(nextStep(claim)),
  );
  return row;
}

/** All pages of a list, by its Link header. */
async function everyPage(path) {
  const rows = [];
  for (let next = path; next;) {
    const { body, response } = await call(next);
    rows.push(...body);
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return rows;
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

async function showClaims() {
  const [claims, totals, activity] = await Promise.all([
    everyPage('/api/recoveries?limit=100'),
    call('/api/v1/integrations/amazon/recoveries'),
    call('/api/sync/activity?limit=15'),
  ]);
  byId('totals').textContent = totalsText(totals.body);
  byId('claim-rows').replaceChildren(...claims.map(claimRow));
  byId('claim-table').hidden = claims.length === 0;
  byId('claims').hidden = false;
  byId('activity-rows').replaceChildren(
    ...activity.body.activities.map((entry) => {
      const item = document.createElement('li');
      item.textContent = `${new Date(entry.timestamp).toLocaleString()}: ${entry.message}`;
      return item;
    }),
  );
  byId('activity').hidden = activity.body.activities.length === 0;
}

function showSync(sync) {
  const running = sync.status === 'in_progress';
  byId('sync-message').textContent = sync.message;
  byId('sync-progress').value = sync.progress;
  byId('start').hidden = running;
  byId('cancel').hidden = !running;
  byId('cancel').dataset.sync = sync.syncId;
  const facts = Object.entries(sync.resources).flatMap(([name, { processed, total }]) => {
    const term = document.createElement('dt');
    const value = document.createElement('dd');
    term.textContent = name;
    value.textContent =
      number.format(processed) + (total === null ? '' : ` of ${number.format(total)}`);
    const pair = document.createElement('div');
    pair.append(term, value);
    return [pair];
  });
  byId('sync-facts').replaceChildren(...facts);
}

let following;

function follow(syncId) {
  if (following?.syncId === syncId) return;
  following?.source.close();
  const source = new EventSource(`/api/sse/sync-progress/${encodeURIComponent(syncId)}`);
  following = { syncId, source };
  source.onmessage = ({ data }) => {
    const sync = JSON.parse(data);
    showSync(sync);
    if (sync.status === 'in_progress') return;
    source.close();
    following = undefined;
    void afterSync(syncId);
  };
}

/** Claims appear while detection runs; they are all there when the sync knows their number. */
async function afterSync(syncId) {
  for (let tries = 0; tries < 120; tries += 1) {
    await showClaims();
    const { body } = await call(`/api/sync/status/${encodeURIComponent(syncId)}`);
    if (body.status !== 'complete' || (body.claimsDetected !== null && tries > 4)) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

function connectionText({ amazon }) {
  switch (amazon?.state) {
    case 'connected':
      return `Connected: seller ${amazon.sellingPartnerId}, ${amazon.marketplaces.map(({ name }) => name).join(', ')}.`;
    case 'reauth_required':
      return `Amazon no longer accepts the connection of seller ${amazon.sellingPartnerId}. Connect again to go on; what was found stays.`;
    default:
      return 'Connect your Amazon seller account to begin.';
  }
}

async function showConnection() {
  const { body } = await call('/api/v1/integrations/status');
  const connected = body.amazon_connected;
  byId('connection').textContent = connectionText(body);
  byId('promise').hidden = body.amazon !== null;
  byId('connect').hidden = connected;
  byId('sync').hidden = !connected;
  if (!body.amazon) return;
  const { body: overview } = await call('/api/sync/status');
  if (overview.activeSync) {
    showSync(overview.activeSync);
    follow(overview.activeSync.syncId);
  } else if (overview.lastSync) {
    const { body: last } = await call(
      `/api/sync/status/${encodeURIComponent(overview.lastSync.syncId)}`,
    );
    showSync(last);
  }
  await showClaims();
}

byId('connect').addEventListener('click', ({ target }) =>
  press(target, async () => {
    const { body } = await call('/api/v1/integrations/amazon/auth/start');
    location.assign(body.auth_url);
  }),
);
byId('start').addEventListener('click', ({ target }) =>
  press(target, async () => {
    // One that runs already, begun in another window, is as good.
    const syncId = await call('/api/sync/start', { method: 'POST' }).then(
      ({ body }) => body.syncId,
      (error) => {
        if (!error.body?.existingSyncId) throw error;
        return error.body.existingSyncId;
      },
    );
    follow(syncId);
  }),
);
byId('cancel').addEventListener('click', ({ target }) =>
  press(target, () =>
    call(`/api/sync/cancel/${encodeURIComponent(target.dataset.sync)}`, { method: 'POST' }),
  ),
);

const outcome = new URLSearchParams(location.search);
if (outcome.get('status') === 'error') notify(`Amazon was not connected: ${outcome.get('error')}.`);

showConnection().catch((error) => {
  const signedOut = error.status === 401;
  byId('connection').textContent = signedOut
    ? 'You are not signed in. Open the sign-in link that the start printed, or connect Amazon to begin a new account.'
    : error.message;
  byId('connect').hidden = !signedOut;
  byId('promise').hidden = !signedOut;
});
