import type { DataElement } from '../lwa/restricted-resource.js';
import { seedOf } from '../random.js';
import type { Buyer } from '../world/buyer.js';
import type { Order } from '../world/order.js';

/** Amazon's `Buyer` of 2026-01-01. The mail address comes only for orders that the merchant ships. */
export function buyerView(order: Order, buyer: Buyer): object {
  return {
    buyerName: buyer.name,
    ...(order.fulfilledByAmazon ? {} : { buyerEmail: buyer.email }),
    ...(order.business
      ? { buyerCompanyName: companyOf(buyer), buyerPurchaseOrderNumber: purchaseNumber(buyer) }
      : {}),
  };
}

/** Amazon's `Recipient` of 2026-01-01. */
export function recipientView(order: Order, buyer: Buyer): object {
  return {
    deliveryAddress: {
      name: buyer.name,
      ...(order.business ? { companyName: companyOf(buyer) } : {}),
      addressLine1: buyer.street,
      city: buyer.city,
      stateOrRegion: buyer.stateOrRegion,
      postalCode: buyer.postalCode,
      countryCode: buyer.countryCode,
      phone: buyer.phone,
      addressType: order.business ? 'COMMERCIAL' : 'RESIDENTIAL',
    },
    deliveryPreference: { dropOffLocation: 'FRONT_DOOR' },
  };
}

/**
 * The members of v0's `Order` that tell of people. Without a restricted data token the address has only its place, as
 * sellers report it (amzn/selling-partner-api-models, issue 1940), and a pending order tells of nobody.
 */
export function buyerV0View(
  order: Order,
  buyer: Buyer,
  restricted: ReadonlySet<DataElement>,
): object {
  if (order.status === 'PENDING') return {};
  return {
    ...(restricted.has('buyerInfo')
      ? {
          BuyerInfo: {
            BuyerEmail: buyer.email,
            BuyerName: buyer.name,
            ...(order.business ? { PurchaseOrderNumber: purchaseNumber(buyer) } : {}),
          },
        }
      : {}),
    ShippingAddress: {
      ...(restricted.has('shippingAddress')
        ? {
            Name: buyer.name,
            ...(order.business ? { CompanyName: companyOf(buyer) } : {}),
            AddressLine1: buyer.street,
            Phone: buyer.phone,
            AddressType: order.business ? 'Commercial' : 'Residential',
          }
        : {}),
      City: buyer.city,
      StateOrRegion: buyer.stateOrRegion,
      PostalCode: buyer.postalCode,
      CountryCode: buyer.countryCode,
    },
  };
}

function companyOf({ name }: Buyer): string {
  return `${name.split(' ').at(-1) ?? name} & Daughters`;
}

function purchaseNumber({ email }: Buyer): string {
  return `PO-${seedOf('purchase', email)}`;
}
