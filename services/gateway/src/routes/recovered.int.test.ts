import { eventually } from '@recoup/testkit';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { worth } from '../testing/event-data.js';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';

const usd = (amount: string) => ({ amount, currency: 'USD' });

let gateway: GatewayUnderTest;
beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** One claim that was filed, agreed to, paid and partly taken back, and one that Amazon paid unasked, a part of it taken back. */
async function recovered(user: User): Promise<void> {
  const { seller } = user;
  const [asked = '', unasked = '', refused = ''] = await seller.claims([
    { value: worth('30.00') },
    { value: worth('40.00') },
    { value: worth('12.40') },
  ]);
  await seller.onClaim('claim.submitted', {
    ...{ claimId: asked, channel: 'queue', amazonCaseId: 'C-1' },
    submittedAt: '2026-09-30T10:00:00.000Z',
  });
  await seller.onClaim('claim.approved', {
    ...{ claimId: asked, amazonCaseId: 'C-1', source: 'reports', reason: null },
    ...{ amount: usd('30.00'), expectedOn: '2026-10-05' },
  });
  await seller.onClaim('claim.denied', {
    ...{ claimId: refused, amazonCaseId: 'C-2', source: 'desk', reason: 'Not owed.' },
  });
  const paid = { paidOn: '2026-10-05', unitsInKind: 0 };
  await seller.onClaim('claim.paid', {
    claimId: asked,
    reference: 'R-1',
    amount: usd('30.00'),
    ...paid,
  });
  await seller.onClaim('claim.paid_unasked', {
    ...{ claimId: unasked, reference: 'R-2', amount: usd('40.00'), ...paid, unitsLeft: 0 },
  });
  const taken = { reversedOn: '2026-11-02', reason: null };
  await seller.onClaim('claim.reversed', {
    claimId: asked,
    reference: 'B-1',
    amount: usd('7.50'),
    ...taken,
  });
  await seller.onClaim('claim.reversed', {
    ...{ claimId: unasked, reference: 'B-2', amount: usd('10.00'), ...taken, unasked: true },
  });
  await eventually(async () => {
    const { body } = await user.get('/api/metrics/recoveries');
    return body['unaskedAmount'] === 30;
  });
}

describe('what was recovered', () => {
  it('is told apart from what Amazon paid unasked, in figures and by month', async () => {
    const user = await gateway.newUser();
    await recovered(user);
    const { body: figures } = await user.get('/api/metrics/recoveries');
    expect(figures).toMatchObject({
      ...{ paidValue: 22.5, unaskedAmount: 30, pendingAmount: 0, approvedValue: 0 },
      byCurrency: { USD: { paidValue: 22.5, totalAmount: 22.5, unaskedAmount: 30 } },
    });
    const { body } = await user.get('/api/reports/recovered?from=2026-09-01&to=2026-11-30');
    const nothing = { count: 0, value: 0 };
    const line = {
      currency: 'USD',
      filed: nothing,
      denied: nothing,
      paid: 0,
      reversed: 0,
      unasked: 0,
      unitsInKind: 0,
    };
    expect(body['months']).toEqual(
      expect.arrayContaining([
        { ...line, month: '2026-09', filed: { count: 1, value: 30 }, approved: nothing, net: 0 },
        expect.objectContaining({ month: '2026-10', paid: 30, net: 30, unasked: 40 }),
        expect.objectContaining({ month: '2026-11', reversed: 7.5, net: -7.5, unasked: -10 }),
      ]),
    );
    expect(body['totals']).toMatchObject([{ paid: 30, reversed: 7.5, net: 22.5, unasked: 30 }]);
    const whole = await user.get('/api/reports/recovered?from=2020-01-01&to=2099-12-31');
    expect(whole.body['totals']).toMatchObject([{ denied: { count: 1, value: 12.4 } }]);
    const october = await user.get('/api/reports/recovered?from=2026-10-01&to=2026-10-31');
    expect(october.body['totals']).toMatchObject([{ paid: 30, reversed: 0, filed: nothing }]);
    expect((await user.get('/api/reports/recovered?from=yesterday')).status).toBe(400);
  });

  it('is nobody else’s to see', async () => {
    const [owner, other] = [await gateway.newUser(), await gateway.newUser()];
    await recovered(owner);
    const { body } = await other.get('/api/reports/recovered?from=2026-09-01&to=2026-11-30');
    expect(body['months']).toEqual([]);
    expect(rowsOf((await other.get('/api/recoveries.csv')).text)).toEqual([]);
  });
});

function rowsOf(text: string): Record<string, string>[] {
  return parse(text, { bom: true, columns: true });
}

describe('the file of claims', () => {
  it('has every claim of the filter, more than a page of them, and no cell that is a formula', async () => {
    const user = await gateway.newUser();
    const evil = '=HYPERLINK("http://evil.example","Click, me")';
    const many = Array.from({ length: 230 }, () => ({ value: worth('1.25') }));
    await user.seller.claims([...many, { value: worth('2.00'), subject: named(evil) }]);
    const text = await eventually(async () => {
      const answer = await user.get('/api/recoveries.csv');
      return rowsOf(answer.text).length === 231 && answer.text;
    });
    // The mark before it is taken off by whoever decodes the text.
    expect(text.startsWith('id,created,type')).toBe(true);
    const rows = rowsOf(text);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(231);
    expect(rows.map(({ product }) => product)).toContain(`'${evil}`);
    expect(rows.flatMap(Object.values).filter((cell) => /^[=+@\t\r]/.test(cell))).toEqual([]);
    const paid = await user.get('/api/recoveries.csv?status=Paid');
    expect([paid.status, rowsOf(paid.text)]).toEqual([200, []]);
    expect((await user.get('/api/recoveries.csv?status=Lost')).status).toBe(400);
  });
});

function named(productName: string) {
  const ids = { orderId: null, shipmentId: null, removalOrderId: null, reimbursementId: null };
  const product = { marketplaceId: 'ATVPDKIKX0DER', fnsku: 'X1', sku: 'S1', asin: 'B1' };
  return { ...product, ...ids, productName, facility: null };
}
