import { streams } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { stageOfFile } from '../testing/stage.js';

const stage = stageOfFile({ orders: 100 });

describe('connecting a seller', () => {
  it('given a code from the consent page and nobody signed in, then a new tenant with its first sync', async () => {
    const redirectUri = 'http://localhost:3001/callback';
    const sellerId = 'A2HARBORPINE01';
    const code = await stage.amazon.consentCode(sellerId, redirectUri);
    const request = {
      tenantId: null,
      sellingPartnerId: sellerId,
      region: 'na',
      marketplaceIds: null,
    } as const;
    const credential = { kind: 'authorization_code', code, redirectUri } as const;
    const reply = await stage.sut.ingestion.connect({ ...request, credential });
    if (reply.outcome !== 'connected') throw new Error(reply.message);
    // Mexico is in Amazon's list too, as one the seller does not take part in.
    expect(reply.marketplaces.map(({ id }) => id)).toEqual(['ATVPDKIKX0DER']);
    const { tenantId } = reply;
    expect(await stage.sut.store.readStream(tenantId, streams.connection(tenantId))).toHaveLength(
      1,
    );
    expect(await stage.sut.store.reservationOwner(tenantId, `active-sync:${tenantId}`)).toMatch(
      /^sync-/,
    );

    // A code is good once.
    expect(await stage.sut.ingestion.connect({ ...request, credential })).toMatchObject({
      outcome: 'refused',
      code: 'amazon_refused',
    });
  });

  it('given the seller comes back and nobody is signed in, then the tenant that holds the seller', async () => {
    const first = await stage.sut.connect(
      'A0COMEBACK01',
      await stage.amazon.refreshToken('A0COMEBACK01'),
    );
    const second = await stage.sut.connect(
      'A0COMEBACK01',
      await stage.amazon.refreshToken('A0COMEBACK01'),
    );
    expect(second).toMatchObject({ outcome: 'connected' });
    expect('tenantId' in second && second.tenantId).toBe('tenantId' in first && first.tenantId);
  });

  it('given many at the same instant, then one tenant and one sync', async () => {
    const token = await stage.amazon.refreshToken('A0ATONCE0001');
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => stage.sut.connect('A0ATONCE0001', token)),
    );
    const tenants = new Set(
      replies.map((reply) => ('tenantId' in reply ? reply.tenantId : reply.code)),
    );
    expect(tenants.size).toBe(1);
    const { rows } = await stage.sut.pool.query<{ syncs: number }>(
      "select count(*)::int syncs from log.event where tenant_id = $1 and type = 'sync.requested'",
      [[...tenants][0]],
    );
    expect(rows[0]?.syncs).toBe(1);
  });

  it('given a seller of another tenant, then refused, and a second seller of a tenant too', async () => {
    const token = await stage.amazon.refreshToken('A0OTHERS0001');
    expect(await stage.sut.connect('A0OTHERS0001', token, 'tenant-one')).toMatchObject({
      outcome: 'connected',
    });
    expect(await stage.sut.connect('A0OTHERS0001', token, 'tenant-two')).toMatchObject({
      outcome: 'refused',
      code: 'seller_already_connected',
    });
    const second = await stage.amazon.refreshToken('A0OTHERS0002');
    expect(await stage.sut.connect('A0OTHERS0002', second, 'tenant-one')).toMatchObject({
      outcome: 'refused',
      code: 'already_connected',
    });
  });

  it("given one's own consent under another seller's name, then refused: it opens nobody's account", async () => {
    await stage.sut.connect('A0VICTIM0001', await stage.amazon.refreshToken('A0VICTIM0001'));
    const reply = await stage.sut.connect(
      'A0VICTIM0001',
      await stage.amazon.refreshToken('A0ATTACKER01'),
    );
    expect(reply).toMatchObject({ outcome: 'refused', code: 'amazon_refused' });
  });

  it('given a token that Amazon does not know, then refused and nothing stored', async () => {
    const reply = await stage.sut.connect('A0NOTOKEN001', 'Atzr|nonsense', 'tenant-three');
    expect(reply).toMatchObject({ outcome: 'refused', code: 'amazon_refused' });
    const { rows } = await stage.sut.pool.query(
      "select from ingestion.seller_account where tenant_id = 'tenant-three'",
    );
    expect(rows).toHaveLength(0);
    expect(
      await stage.sut.store.readStream('tenant-three', streams.connection('tenant-three')),
    ).toEqual([]);
  });

  it('given Amazon does not answer, then it is to be tried again', async () => {
    const token = await stage.amazon.refreshToken('A0DOWN000002');
    await stage.amazon.fault({ operation: 'token', status: 503, times: 10 });
    expect(await stage.sut.connect('A0DOWN000002', token)).toMatchObject({
      outcome: 'refused',
      code: 'amazon_unavailable',
    });
  });

  it('given all of this, then no secret stands in the log, in the events or unsealed in a table', async () => {
    const token = await stage.amazon.refreshToken('A0SECRET0001');
    await stage.sut.connect('A0SECRET0001', token);
    const { rows } = await stage.sut.pool.query<{ text: string }>(
      `select refresh_token as text from ingestion.seller_account
       union all select data::text || meta::text from log.event`,
    );
    const everything = stage.sut.logged() + rows.map(({ text }) => text).join('\n');
    for (const secret of [token, 'Atzr', 'Atza', stage.amazon.client.LWA_CLIENT_SECRET]) {
      expect(everything).not.toContain(secret);
    }
  });
});
