import type { ClaimSubtype, ClaimType } from '@recoup/contracts';
import { type ClaimFinding, marketplaceOfCountry, type MarketplaceRow } from '@recoup/domain';
import { addDays, dayIn, daysBetween, derivedName } from '@recoup/kernel';
import type { AllocatedLoss } from './allocation.js';
import type { Detected, DetectionKey } from './detector.js';
import { warehouseModel } from './model.js';
import { eligibilityFor, type EligibilityPolicy } from './policies/eligibility.js';
import { scoreOf } from './score.js';
import { tierOf } from './tier.js';
import { valueOf } from './value.js';
import { warehouseFeatures } from './warehouse-features.js';

export interface WarehouseDetector {
  readonly subtype: ClaimSubtype;
  readonly claimType: ClaimType;
  readonly kind: AllocatedLoss['kind'];
}

/** Turns what is left of a key's losses of one kind into findings, by the policy of each marketplace. */
export function detectWarehouse(detector: WarehouseDetector, key: DetectionKey): Detected {
  const findings: ClaimFinding[] = [];
  const pastWindow: { claimId: string; units: number }[] = [];
  let withoutPolicy = 0;
  for (const loss of key.allocation.losses) {
    if (loss.kind !== detector.kind || loss.left === 0) continue;
    const place = placeOf(detector, loss);
    if (!place) {
      withoutPolicy += 1;
      continue;
    }
    const claim: Claim = { detector, key, loss, ...place, today: todayIn(place.marketplace, key) };
    if (!isMature(claim)) continue;
    if (claim.today > deadlineOf(claim))
      pastWindow.push({ claimId: claimIdOf(claim), units: loss.left });
    else findings.push(findingOf(claim));
  }
  return { findings, pastWindow, withoutPolicy };
}

interface Place {
  readonly marketplace: MarketplaceRow;
  readonly policy: EligibilityPolicy;
}

interface Claim extends Place {
  readonly detector: WarehouseDetector;
  readonly key: DetectionKey;
  readonly loss: AllocatedLoss;
  readonly today: string;
}

function placeOf({ subtype }: WarehouseDetector, { row }: AllocatedLoss): Place | null {
  const marketplace = marketplaceOfCountry(row.data.country);
  const policy = marketplace && eligibilityFor(marketplace.network, subtype, row.data.day);
  return marketplace && policy ? { marketplace, policy } : null;
}

function todayIn({ timeZone }: MarketplaceRow, { asOf }: DetectionKey): string {
  return dayIn(timeZone, asOf);
}

/** Amazon's own word that units are open needs no waiting; without it they may still turn up. */
function isMature({ loss, policy, today }: Claim): boolean {
  return loss.stated !== null || daysBetween(loss.row.data.day, today) >= policy.maturityDays;
}

function opensOn({ loss, policy }: Claim): string {
  const wait = loss.stated === null ? policy.maturityDays : 0;
  return addDays(loss.row.data.day, Math.max(policy.opensAfterDays, wait));
}

function deadlineOf({ loss, policy }: Claim): string {
  return addDays(loss.row.data.day, policy.windowDays);
}

/** The losing row is the claim: found again, by any detection, it is the same claim. */
function claimIdOf({ detector, key, loss, marketplace }: Claim): string {
  return derivedName('claim', key.tenantId, marketplace.id, detector.subtype, loss.row.key);
}

function findingOf(claim: Claim): ClaimFinding {
  const { detector, key, loss, marketplace, policy } = claim;
  const { data } = loss.row;
  const value = valueOf({
    payments: key.payments,
    network: marketplace.network,
    currency: marketplace.currency,
    units: loss.left,
    lossDay: data.day,
    sellable: loss.sellable,
  });
  const { today } = claim;
  const deadline = deadlineOf(claim);
  const score = scoreOf(
    warehouseModel,
    warehouseFeatures({ loss, key, policy, value, today, deadline }),
  );
  const { neverAuto, name, effectiveFrom, effectiveTo, source } = policy;
  return {
    claimId: claimIdOf(claim),
    claimType: detector.claimType,
    subtype: detector.subtype,
    subject: {
      marketplaceId: marketplace.id,
      fnsku: data.fnsku,
      sku: data.sku,
      asin: data.asin,
      productName: data.title,
      facility: data.fulfillmentCenter === '' ? null : data.fulfillmentCenter,
    },
    lossDay: data.day,
    opensOn: opensOn(claim),
    deadline,
    policy: { name, effectiveFrom, effectiveTo, source },
    quantity: loss.left,
    value,
    score,
    tier: tierOf(score.confidence, { value, neverAuto, sourcesComplete: key.sourcesComplete }),
    allocation: [...loss.lines],
    sources: [...loss.sources],
  };
}
