import { marketplaceOfCountry } from '@recoup/domain';
import { addDays } from '@recoup/kernel';
import type { Context } from '../context.js';
import { NOTHING, together, type Detected, type ProductDetector } from '../detector.js';
import { judge } from '../judge.js';
import type { ProductKey } from '../product-key.js';
import { paymentsOfProduct } from '../payments/payments-of-product.js';
import { preOrderValue } from '../value/pre-order-value.js';
import type { AllocatedLoss } from './allocated-loss.js';
import { warehouseFeatures } from './warehouse-features.js';

/**
 * A detector of losses of one kind in warehouses: what is left of them once all else is set off. `lostAfterDays`: how long
 * after its row a loss counts as one; its windows count from that day.
 */
export function warehouseDetector(
  kind: AllocatedLoss['kind'],
  subtype: ProductDetector['subtype'],
  lostAfterDays = 0,
): ProductDetector {
  const detector: ProductDetector = {
    subtype,
    of: 'product',
    needs: ['ledger', 'reimbursements'],
    detect: (key, context) =>
      together(
        key.allocation.losses
          .filter((loss) => loss.kind === kind && loss.left > 0)
          .map((loss) => claimOf(loss, { key, context, detector, lostAfterDays })),
      ),
  };
  return detector;
}

interface Look {
  readonly key: ProductKey;
  readonly context: Context;
  readonly detector: ProductDetector;
  readonly lostAfterDays: number;
}

function claimOf(loss: AllocatedLoss, { key, context, detector, lostAfterDays }: Look): Detected {
  const { data } = loss.row;
  const marketplace = marketplaceOfCountry(data.country);
  if (!marketplace) return { ...NOTHING, withoutPolicy: 1 };
  const value = preOrderValue(
    {
      payments: paymentsOfProduct(key.facts.reimbursements, data.fnsku),
      marketplace,
      sku: data.sku,
      units: loss.left,
      lossDay: data.day,
      sellable: loss.sellable,
    },
    context,
  );
  const draft = {
    marketplace,
    anchor: [loss.row.key],
    subject: {
      fnsku: data.fnsku,
      sku: data.sku,
      asin: data.asin,
      productName: data.title,
      facility: data.fulfillmentCenter === '' ? null : data.fulfillmentCenter,
    },
    startDay: addDays(data.day, lostAfterDays),
    statedByAmazon: loss.stated !== null,
    quantity: loss.left,
    value,
    features: warehouseFeatures(loss, key),
    allocation: loss.lines,
    sources: loss.sources,
  };
  return judge(draft, detector, context);
}
