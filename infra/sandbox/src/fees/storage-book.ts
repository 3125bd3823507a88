import type { Calendar } from '../world/calendar.js';
import type { LedgerRow } from '../world/ledger-row.js';
import type { Product } from '../world/product.js';
import { AgedStock } from './aged-stock.js';
import { chargedVolume, measureOn } from './charges.js';
import { feeMonths, type FeeMonth } from './fee-months.js';
import { volumeOf, type Measure } from './measure.js';
import { AGED_RATES } from './rate-card.js';
import { agedCents, storageCents, storageRate } from './storage-fee.js';
import { UnitDays } from './unit-days.js';

/** What was charged for a month's storage of a product in one place. */
export interface StorageCharge {
  readonly month: FeeMonth;
  readonly product: Product;
  readonly center: string;
  readonly measure: Measure;
  /** Hundredths of a unit. */
  readonly averageUnits: number;
  /** Ten-thousandths of a cubic foot: what was charged for. */
  readonly volume: number;
  /** Cents for a cubic foot. */
  readonly rate: number;
  readonly cents: number;
  /** What the card takes for the product's own volume. */
  readonly rightCents: number;
}

/** What was charged for stock that had lain long. */
export interface AgedCharge {
  readonly month: FeeMonth;
  readonly product: Product;
  readonly tier: string;
  readonly units: number;
  readonly volume: number;
  readonly rate: number;
  readonly cents: number;
}

/** The storage fees of a seller, reckoned from the movements of his stock. */
export class StorageBook {
  readonly #months: readonly FeeMonth[];
  readonly #unitDays: UnitDays;
  readonly #aged: AgedStock;

  constructor(calendar: Calendar) {
    this.#months = feeMonths(calendar);
    this.#unitDays = new UnitDays(this.#months);
    this.#aged = new AgedStock(this.#months);
  }

  add(row: LedgerRow): void {
    this.#unitDays.add(row);
    this.#aged.add(row);
  }

  /** The months whose storage has been charged before an instant. */
  publishedBefore(ms: number): readonly FeeMonth[] {
    return this.#months.filter(({ publishedMs }) => publishedMs < ms);
  }

  /** The months whose aged stock has been charged before an instant. */
  agedBefore(ms: number): readonly FeeMonth[] {
    return this.#months.filter(({ agedMs }) => agedMs < ms);
  }

  *chargesOf(month: FeeMonth): Generator<StorageCharge> {
    const lastDay = `${month.name}-${String(month.days).padStart(2, '0')}`;
    for (const { product, center, averageUnits } of this.#unitDays.averagesIn(month.name)) {
      const measure = measureOn(product, lastDay);
      const volume = chargedVolume(product, month.name, measure);
      const rate = storageRate(measure, month.name);
      const rightCents = storageCents({ averageUnits, volume: volumeOf(measure), rate });
      const cents = storageCents({ averageUnits, volume, rate });
      yield { month, product, center, measure, averageUnits, volume, rate, cents, rightCents };
    }
  }

  /** Each unit is charged once, in the oldest tier that it has reached. */
  *agedChargesOf(month: FeeMonth): Generator<AgedCharge> {
    const charged = new Map<number, number>();
    for (const { tier, days, cents: rate } of AGED_RATES) {
      for (const { product, units: all } of this.#aged.olderThan(days, month)) {
        const units = all - (charged.get(product.index) ?? 0);
        if (units <= 0) continue;
        charged.set(product.index, all);
        const volume = volumeOf(measureOn(product, `${month.name}-15`));
        const cents = agedCents(units, volume, days);
        yield { month, product, tier, units, volume, rate, cents };
      }
    }
  }
}
