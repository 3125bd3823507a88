// The plain page: what a seller needs to see the product work, by the same routes any frontend uses.
import { call } from './api.js';
import { followAddress, refreshCase } from './case.js';
import { showClaims } from './claims.js';
import { byId, definitions, notify, number, press } from './elements.js';

function showSync(sync) {
  const running = sync.status === 'in_progress';
  byId('sync-message').textContent = sync.message;
  byId('sync-progress').value = sync.progress;
  byId('start').hidden = running;
  byId('cancel').hidden = !running;
  byId('cancel').dataset.sync = sync.syncId;
  const facts = Object.entries(sync.resources).map(([name, { processed, total }]) => [
    name,
    number.format(processed) + (total === null ? '' : ` of ${number.format(total)}`),
  ]);
  byId('sync-facts').replaceChildren(...definitions(facts));
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
  };
}

/** Looks again whenever the gateway says that something of this seller has changed, by whomever. */
function listen() {
  const source = new EventSource('/api/sse/status');
  source.onmessage = ({ data }) => {
    const { type, status, data: about } = JSON.parse(data);
    if (type === 'sync' && status === 'in_progress') follow(about.syncId);
    Promise.all([showClaims(), refreshCase()]).catch((error) => notify(error.message));
  };
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
  listen();
  await showClaims();
  await followAddress();
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
