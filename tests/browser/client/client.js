// Behaves towards the gateway as the existing web client does, habits included: JSON content type on GETs and on empty
// POSTs, event sources that hear unnamed frames only, polling beside streaming, everything with the cookie.
import { figureList, showCase, showRecoveries } from './views.js';

const { api: API } = window.CONFIG;
const POLL_MS = 3000;
const byId = (id) => document.getElementById(id);

/** Calls a route. Throws what the body calls `error`: this client shows it to its user. */
async function call(path, { method = 'GET', body } = {}) {
  const response = await fetch(API + path, {
    method,
    credentials: 'include',
    headers: { 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = await response.json().catch(() => null);
  if (!response.ok)
    throw Object.assign(new Error(answer?.error ?? `HTTP ${response.status}`), { answer });
  return answer;
}

function notify(text) {
  byId('notice').textContent = text ?? '';
  byId('notice').hidden = !text;
}

/** Keeps a line of what came, from where: what a person debugging would look at, and the tests read. */
function came(source, ...words) {
  const line = document.createElement('li');
  line.textContent = [source, ...words].join(' ');
  byId('came').append(line);
}

const press = (id, work) =>
  byId(id).addEventListener('click', () => {
    notify();
    work().catch((error) => notify(error.message));
  });

// Sync: a stream and a poll of the same sync; whichever comes first moves the bar.

const ENDED = ['complete', 'failed', 'cancelled'];
let followed;

function moveBar({ progress, message }) {
  byId('bar').value = Math.max(byId('bar').value, progress);
  byId('message').textContent = message;
}

function follow(syncId) {
  if (followed === syncId) return;
  followed = syncId;
  byId('bar').value = 0;
  const id = encodeURIComponent(syncId);
  const source = new EventSource(`${API}/api/sse/sync-progress/${id}`, { withCredentials: true });
  // Not closed here, at the end neither: the server is who knows that there is no more.
  window.progressSource = source;
  source.onmessage = ({ data, lastEventId }) => {
    const frame = JSON.parse(data);
    came('stream', frame.status, frame.progress, lastEventId);
    moveBar(frame);
  };
  const poll = setInterval(async () => {
    const status = await call(`/api/sync/status/${id}`).catch(() => null);
    if (!status) return;
    came('poll', status.status, status.progress);
    moveBar(status);
    if (ENDED.includes(status.status)) clearInterval(poll);
  }, POLL_MS);
}

async function startSync() {
  follow((await call('/api/sync/start', { method: 'POST' })).syncId);
}

// The live feed says that something changed, and the client fetches what it shows of it.

let asked = 0;
const PAGE = 100;

/** Page by page; one that slips over an edge meanwhile is still shown once. */
async function allRecoveries() {
  const known = new Map();
  for (let offset = 0; ; offset += PAGE) {
    const page = await call(`/api/recoveries?limit=${PAGE}&offset=${offset}`);
    for (const recovery of page) known.set(recovery.id, recovery);
    if (page.length < PAGE) return [...known.values()];
  }
}

async function refresh() {
  const number = ++asked;
  const [metrics, recoveries] = await Promise.all([
    call('/api/metrics/recoveries'),
    allRecoveries(),
  ]);
  if (number !== asked) return; // a later answer has overtaken this one
  figureList(byId('figures'), metrics);
  showRecoveries(byId('recoveries'), recoveries, openCase);
}

function listen() {
  const source = new EventSource(`${API}/api/sse/status`, { withCredentials: true });
  window.feedSource = source;
  source.onmessage = ({ data }) => {
    const { type, status } = JSON.parse(data);
    came('feed', type, status);
    if (type === 'sync' || type === 'detection') refresh().catch((error) => notify(error.message));
  };
}

// A case, and the button that files it.

let opened;

async function openCase(id) {
  opened = id;
  showCase(await call(`/api/recoveries/${encodeURIComponent(id)}`));
}

press('submit', async () => {
  await call(`/api/claims/${encodeURIComponent(opened)}/submit`, { method: 'POST' });
  await openCase(opened);
  await refresh();
});

// What the dashboard asks for on every load.

async function loadDashboard() {
  const [me, integrations, dashboard] = await Promise.all([
    call('/api/auth/me'),
    call('/api/v1/integrations/status'),
    call('/api/metrics/dashboard?window=30d'),
    call('/api/auth/post-login/stripe'),
  ]);
  byId('user').textContent =
    `${me.user.amazon_seller_id ?? 'no seller'}, recovered ${dashboard.totalRecovered}`;
  byId('connect').hidden = integrations.amazon_connected;
  await refresh();
  listen();
  const { activeSync } = await call('/api/sync/status');
  if (activeSync) {
    moveBar(activeSync);
    follow(activeSync.syncId);
  }
}

press('connect', async () => {
  const back = encodeURIComponent(location.origin);
  const { auth_url: consent } = await call(
    `/api/v1/integrations/amazon/auth/start?frontend_url=${back}`,
  );
  location.assign(consent);
});
press('start', startSync);
press('logout', () => call('/api/auth/logout', { method: 'POST' }));

if (location.pathname === '/auth/success') {
  const outcome = new URLSearchParams(location.search);
  came('connected', outcome.get('status'), outcome.get('error') ?? outcome.get('provider'));
}
navigator.sendBeacon(
  `${API}/api/metrics/track`,
  JSON.stringify({ event: 'page_view', path: location.pathname }),
);
loadDashboard().catch((error) => notify(error.message));
