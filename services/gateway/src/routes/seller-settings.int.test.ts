import { streams } from '@recoup/contracts';
import { DEFAULT_SETTINGS } from '@recoup/domain';
import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';

let gateway: GatewayUnderTest;
beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const put = (user: User, body: unknown) =>
  user.ask('/api/settings', {
    ...{ method: 'PUT', body: JSON.stringify(body) },
    headers: { 'content-type': 'application/json' },
  });
const settings = async (user: User): Promise<unknown> =>
  JSON.parse((await user.get('/api/settings')).text);
const written = ({ tenantId }: User) =>
  gateway.store.readStream(tenantId, streams.settings(tenantId));

const DEFAULTS = {
  learnFromOutcomes: false,
  autoFile: false,
  approvalLimit: 500,
  governor: { perDay: 20, spacingSeconds: 60 },
  schedule: null,
  notifications: DEFAULT_SETTINGS.notifications,
  killSwitch: { on: false, scope: null, since: null },
};

describe('settings', () => {
  it('given a seller who has chosen nothing, then nothing is learned from its outcomes', async () => {
    expect(await settings(await gateway.newUser())).toEqual(DEFAULTS);
  });

  it('given a choice, then it stands for this seller alone, and what is not named stays', async () => {
    const user = await gateway.newUser();
    const on = { ...DEFAULTS, learnFromOutcomes: true };
    expect(await put(user, { learnFromOutcomes: true })).toMatchObject({ status: 200, body: on });
    expect((await put(user, { somethingNew: 1 })).body).toEqual(on);
    expect(await settings(user)).toEqual(on);
    expect(await settings(await gateway.newUser())).toEqual(DEFAULTS);
    expect((await put(user, { learnFromOutcomes: false })).body).toEqual(DEFAULTS);
  });

  it('given the same choice again, then nothing is written', async () => {
    const user = await gateway.newUser();
    await put(user, { learnFromOutcomes: false });
    expect(await written(user)).toHaveLength(0);
    await put(user, { learnFromOutcomes: true });
    await put(user, { learnFromOutcomes: true });
    expect(await written(user)).toHaveLength(1);
  });

  it('given something that is no choice, then it is refused', async () => {
    const user = await gateway.newUser();
    expect((await put(user, { learnFromOutcomes: 'yes' })).status).toBe(400);
    expect(await written(user)).toHaveLength(0);
  });

  it('given one choice, then all that was chosen is in the record, with what changed, and no default', async () => {
    const user = await gateway.newUser();
    await put(user, { approvalLimit: 900 });
    await put(user, { governor: { perDay: 3, spacingSeconds: 0 } });
    const [, second] = await written(user);
    expect(second?.data).toEqual({
      learnFromOutcomes: false,
      approvalLimit: 900,
      governor: { perDay: 3, spacingSeconds: 0 },
      changed: ['governor'],
    });
  });

  it.each([{ approvalLimit: -1 }, { governor: { perDay: 0, spacingSeconds: 0 } }, { autoFile: 1 }])(
    'given %o, then it is refused',
    async (choice) => {
      const user = await gateway.newUser();
      expect((await put(user, choice)).status).toBe(400);
      expect(await written(user)).toHaveLength(0);
    },
  );
});

describe('a schedule of the seller’s own', () => {
  it('given one, then it stands until the seller takes it back, and says when the next sync is due', async () => {
    const user = await gateway.connectedUser();
    const next = async () => (await user.get('/api/sync/status')).body['nextScheduledSync'];
    const schedule = { cron: '30 6 * * *', timeZone: 'Asia/Kolkata' };
    expect(await put(user, { schedule })).toMatchObject({ status: 200, body: { schedule } });
    expect(await settings(user)).toMatchObject({ schedule });
    expect(await next()).toMatch(/T01:00:00.000Z$/);

    expect((await put(user, { schedule: 'off' })).body).toMatchObject({ schedule: 'off' });
    expect(await next()).toBeNull();
    expect((await put(user, { schedule: null })).body).toEqual(DEFAULTS);
    expect(await next()).toMatch(/T02:[0-2]/);
    expect((await written(user)).map(({ data }) => data)).toMatchObject([
      { schedule, changed: ['schedule'] },
      { schedule: 'off', changed: ['schedule'] },
      { schedule: null, changed: ['schedule'] },
    ]);
  });

  it.each([
    [{ cron: '*/5 * * * *', timeZone: 'UTC' }, 'schedule_too_dense', 'every 4 hours'],
    [{ cron: 'daily', timeZone: 'UTC' }, 'invalid_schedule', 'five cron fields'],
    [{ cron: '0 6 * * *', timeZone: 'Mars/Phobos' }, 'invalid_time_zone', 'Europe/Berlin'],
  ])('given %o, then 422 %s, which says what is allowed', async (schedule, code, words) => {
    const user = await gateway.newUser();
    const message = expect.stringContaining(words);
    expect(await put(user, { schedule })).toMatchObject({ status: 422, body: { code, message } });
    expect(await written(user)).toHaveLength(0);
  });

  it.each([{ cron: '0 6 * * *' }, 'daily', { cron: 6, timeZone: 'UTC' }])(
    'given %o, then it is no schedule at all',
    async (schedule) => {
      expect((await put(await gateway.newUser(), { schedule })).status).toBe(400);
    },
  );
});

describe('what the seller wants to be told of', () => {
  interface Entry {
    readonly type: string;
    readonly message: string;
    readonly notify: boolean;
  }
  const activity = async (user: User, query = ''): Promise<readonly Entry[]> =>
    (
      JSON.parse((await user.get(`/api/sync/activity${query}`)).text) as {
        activities: readonly Entry[];
      }
    ).activities;
  const told = async (user: User): Promise<string[]> =>
    (await activity(user, '?notify=true')).map(({ type }) => type);

  it('given nothing chosen, then what waits for the seller; given a choice, then that, also of what is past', async () => {
    const user = await gateway.connectedUser();
    await user.seller.fail(await user.seller.request(), 'Amazon is away.');
    await user.seller.loseConsent();
    await eventually(async () => (await activity(user)).length === 4);
    expect((await activity(user)).map(({ type, notify }) => [type, notify])).toEqual([
      ['amazon_reauthorization_required', true],
      ['sync_failed', true],
      ['sync_started', false],
      ['amazon_connected', false],
    ]);
    expect(await told(user)).toEqual(['amazon_reauthorization_required', 'sync_failed']);
    const notifications = { kinds: ['sync_started', 'sync_failed', 'sync_started'] };
    expect((await put(user, { notifications })).body).toMatchObject({
      notifications: { kinds: ['sync_started', 'sync_failed'] },
    });
    expect(await told(user)).toEqual(['sync_failed', 'sync_started']);
    await put(user, { notifications: { kinds: [] } });
    expect(await told(user)).toEqual([]);
    expect(await activity(user)).toHaveLength(4);
  });

  it('given the same kinds in another order, then nothing is written', async () => {
    const user = await gateway.newUser();
    const [one, other] = ['claim_paid', 'claim_denied'];
    await put(user, { notifications: { kinds: [one, other] } });
    await put(user, { notifications: { kinds: [other, one] } });
    expect(await written(user)).toHaveLength(1);
  });

  it('given a kind that does not exist, then it is refused', async () => {
    const user = await gateway.newUser();
    expect((await put(user, { notifications: { kinds: ['by_mail'] } })).status).toBe(400);
    expect(await written(user)).toHaveLength(0);
  });
});

describe('the consent to automatic filing', () => {
  it('given a seller who agrees and takes it back, then settings say so', async () => {
    const user = await gateway.newUser();
    const agree = (enabled: boolean) =>
      user.post('/api/recoveries/auto-claim', {
        body: JSON.stringify({ enabled }),
        headers: { 'content-type': 'application/json' },
      });
    expect(await agree(true)).toMatchObject({ status: 200, body: { enabled: true } });
    expect(await settings(user)).toMatchObject({ autoFile: true });
    expect(await agree(false)).toMatchObject({ status: 200, body: { enabled: false } });
    expect((await written(user)).map(({ actor }) => actor)).toEqual([
      `user:${user.tenantId}`,
      `user:${user.tenantId}`,
    ]);
  });
});
