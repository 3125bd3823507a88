import { z } from 'zod';
import { TRANSACTION_TYPES } from '../world/transaction.js';

const money = z.object({ amount: z.string().regex(/^-?\d+\.\d\d$/), currencyCode: z.string() });
const instant = z.iso.datetime();

/** The required members of Amazon's own definitions, and those that the product reads, with their kinds. */
export const ordersPage = z.object({
  orders: z.array(
    z.object({
      orderId: z.string().regex(/^\d{3}-\d{7}-\d{7}$/),
      createdTime: instant,
      lastUpdatedTime: instant,
      salesChannel: z.object({ channelName: z.literal('AMAZON'), marketplaceId: z.string() }),
      fulfillment: z
        .object({ fulfillmentStatus: z.enum(['PENDING', 'UNSHIPPED', 'SHIPPED', 'CANCELLED']) })
        .optional(),
      orderItems: z
        .array(
          z.object({
            orderItemId: z.string(),
            quantityOrdered: z.int(),
            product: z.object({
              asin: z.string(),
              sellerSku: z.string(),
              price: z.object({ unitPrice: money }).optional(),
            }),
            proceeds: z
              .object({
                proceedsTotal: money,
                breakdowns: z.array(z.object({ type: z.string(), subtotal: money })),
              })
              .optional(),
          }),
        )
        .min(1),
    }),
  ),
  pagination: z.object({ nextToken: z.string() }).optional(),
  createdBefore: instant.optional(),
  lastUpdatedBefore: instant.optional(),
});

const currency = z.object({ currencyAmount: z.number(), currencyCode: z.string() });
const breakdown = z.object({
  breakdownType: z.string(),
  breakdownAmount: currency,
  get breakdowns() {
    return z.array(breakdown);
  },
});

export const transactionsPage = z.object({
  payload: z.object({
    nextToken: z.string().optional(),
    transactions: z.array(
      z.object({
        transactionId: z.string(),
        transactionType: z.enum(TRANSACTION_TYPES),
        transactionStatus: z.enum(['DEFERRED', 'RELEASED', 'DEFERRED_RELEASED']),
        description: z.string(),
        postedDate: instant,
        totalAmount: currency,
        marketplaceDetails: z.object({ marketplaceId: z.string(), marketplaceName: z.string() }),
        relatedIdentifiers: z.array(
          z.object({ relatedIdentifierName: z.string(), relatedIdentifierValue: z.string() }),
        ),
        items: z.array(
          z.object({
            totalAmount: currency,
            breakdowns: z.array(breakdown).nullable(),
            contexts: z.array(
              z.object({ sku: z.string().optional(), quantityShipped: z.int().optional() }),
            ),
          }),
        ),
        breakdowns: z.array(breakdown),
      }),
    ),
  }),
});

export const inventoryPage = z.object({
  payload: z.object({
    granularity: z.object({ granularityType: z.literal('Marketplace'), granularityId: z.string() }),
    inventorySummaries: z.array(
      z.object({
        sellerSku: z.string(),
        fnSku: z.string(),
        totalQuantity: z.int().nonnegative(),
        inventoryDetails: z
          .object({
            fulfillableQuantity: z.int().nonnegative(),
            reservedQuantity: z.object({ totalReservedQuantity: z.int() }),
            researchingQuantity: z.object({ totalResearchingQuantity: z.int() }),
            unfulfillableQuantity: z.object({ totalUnfulfillableQuantity: z.int() }),
          })
          .optional(),
      }),
    ),
  }),
  pagination: z.object({ nextToken: z.string() }).optional(),
});

export const metricsPayload = z.object({
  payload: z.array(
    z.object({
      interval: z.string(),
      unitCount: z.int(),
      orderItemCount: z.int(),
      orderCount: z.int(),
      averageUnitPrice: money,
      totalSales: money,
    }),
  ),
});

export const report = z.object({
  reportId: z.string(),
  reportType: z.string(),
  createdTime: instant,
  processingStatus: z.enum(['IN_QUEUE', 'IN_PROGRESS', 'DONE', 'CANCELLED', 'FATAL']),
  reportDocumentId: z.string().optional(),
});

export const truth = z.object({
  sellerId: z.string(),
  anchorDay: z.iso.date(),
  orders: z.int(),
  claims: z.array(
    z.object({
      subtype: z.string().regex(/^[a-z_]+$/),
      orderId: z.string().optional(),
      fnsku: z.string(),
      units: z.int().positive(),
      lossDay: z.iso.date(),
      referenceIds: z.array(z.string()),
      unitValue: money.omit({ currencyCode: true }).extend({ currency: z.string() }).nullable(),
      cause: z.string(),
    }),
  ),
  lookAlikes: z.array(
    z.object({ fnsku: z.string(), referenceIds: z.array(z.string()), why: z.string() }),
  ),
  feeClaims: z.array(
    z.object({
      kind: z.enum(['fulfilment_fee', 'storage_fee', 'referral_fee']),
      sku: z.string(),
      fnsku: z.string(),
      from: z.string(),
      to: z.string(),
      charges: z.int().positive(),
      overcharged: z.object({ amount: z.string().regex(/^\d+\.\d\d$/), currency: z.string() }),
      claimable: z.object({
        charges: z.int().nonnegative(),
        overcharged: z.object({ amount: z.string().regex(/^\d+\.\d\d$/), currency: z.string() }),
      }),
      cause: z.string(),
    }),
  ),
  feeLookAlikes: z.array(z.object({ sku: z.string(), cause: z.string(), why: z.string() })),
  counts: z.record(z.string(), z.int()),
});
