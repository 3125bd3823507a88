import { describe, expect, it } from 'vitest';
import { fulfilledBy, orderStatus, serviceLevel } from './order-words.js';

describe('orderStatus', () => {
  it.each([
    ['Canceled', 'CANCELLED'],
    ['Cancelled', 'CANCELLED'],
    ['PartiallyShipped', 'PARTIALLY_SHIPPED'],
    ['PendingAvailability', 'PENDING_AVAILABILITY'],
    ['InvoiceUnconfirmed', 'SHIPPED'],
    ['Shipped - Returning to Seller', 'SHIPPED'],
    ['Pending - Waiting for Pick Up', 'PENDING'],
    ['UNFULFILLABLE', 'UNFULFILLABLE'],
    ['Shipping', 'SHIPPING'],
  ])('given %s, then %s', (word, status) => expect(orderStatus(word)).toBe(status));
});

describe('fulfilledBy', () => {
  it.each([
    ['AFN', 'AMAZON'],
    ['Amazon', 'AMAZON'],
    ['MFN', 'MERCHANT'],
    ['Merchant', 'MERCHANT'],
    ['', null],
  ])('given %s, then %s', (word, who) => expect(fulfilledBy(word)).toBe(who));
});

describe('serviceLevel', () => {
  it.each([
    ['SecondDay', 'SECOND_DAY'],
    ['Standard', 'STANDARD'],
    ['Std US D2D Dom', null],
    [null, null],
  ])('given %s, then %s', (word, level) => expect(serviceLevel(word)).toBe(level));
});
