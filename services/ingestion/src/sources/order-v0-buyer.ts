import type { V0Order, V0OrderWithBuyer } from '../amazon/orders-v0.js';
import type { BuyerInfo, OrderBuyer } from '../buyers/buyer-info.js';
import { keptUntil } from '../buyers/kept-until.js';

/** Whose order it is, in the words of v0's successor; null where v0 told nothing, or nothing was asked. */
export function orderV0Buyer(order: V0Order | V0OrderWithBuyer): OrderBuyer | null {
  if (!('BuyerInfo' in order)) return null;
  const info = { buyer: buyerOf(order), deliveryAddress: addressOf(order) };
  if (!info.buyer && !info.deliveryAddress) return null;
  const promised = {
    earliestDateTime: order.EarliestDeliveryDate,
    latestDateTime: order.LatestDeliveryDate,
  };
  const createdAt = new Date(order.PurchaseDate);
  return { orderId: order.AmazonOrderId, info, keptUntil: keptUntil(createdAt, [promised]) };
}

function buyerOf({ BuyerInfo: told }: V0OrderWithBuyer): BuyerInfo['buyer'] {
  return told
    ? {
        buyerName: told.BuyerName,
        buyerEmail: told.BuyerEmail,
        buyerPurchaseOrderNumber: told.PurchaseOrderNumber,
      }
    : null;
}

function addressOf({ ShippingAddress: told }: V0OrderWithBuyer): BuyerInfo['deliveryAddress'] {
  return told
    ? {
        name: told.Name,
        companyName: told.CompanyName,
        addressLine1: told.AddressLine1,
        addressLine2: told.AddressLine2,
        addressLine3: told.AddressLine3,
        city: told.City,
        districtOrCounty: told.District ?? told.County,
        stateOrRegion: told.StateOrRegion,
        municipality: told.Municipality,
        postalCode: told.PostalCode,
        countryCode: told.CountryCode,
        phone: told.Phone,
        addressType: told.AddressType,
      }
    : null;
}
