import { streams, type Coverage } from '@recoup/contracts';
import { packetPage, type ClaimState, type PacketPage } from '@recoup/domain';
import type { Gateway } from '../gateway.js';

type Reads = Pick<Gateway, 'reads' | 'streams'>;

/** The case packet of a claim, with the facts that it cites as its detection saw them. */
export async function claimPacket(
  gateway: Reads,
  tenantId: string,
  claim: ClaimState,
): Promise<PacketPage> {
  const refs = claim.assessment.sources;
  const basis = await basisOf(gateway, tenantId, claim.changedBy ?? claim.detectedBy);
  const asOf = basis?.factsAsOf ?? null;
  const facts = asOf === null ? [] : await gateway.reads.citedFacts(tenantId, { refs, asOf });
  const { state, to } = basis?.payments ?? { state: 'missing', to: null };
  return packetPage({
    claim,
    facts,
    unstored: refs.length - facts.length,
    paymentsRead: state === 'complete' ? (to ?? null) : null,
  });
}

interface Basis {
  readonly factsAsOf: number;
  /** How whole the reimbursements report was. */
  readonly payments: Coverage | undefined;
}

/** What a detection looked at; null where its start is not in the log. A detection that a sync began may say no coverage. */
async function basisOf(
  { streams: log }: Reads,
  tenantId: string,
  detectionId: string,
): Promise<Basis | null> {
  const events = await log.readStream(tenantId, streams.detection(detectionId));
  const started = events.find((event) => event.type === 'claim.detection_started')?.data;
  if (!started) return null;
  const { factsAsOf, coverage, syncId } = started;
  if (coverage || syncId === null) return { factsAsOf, payments: coverage?.reimbursements };
  const sync = await log.readStream(tenantId, streams.sync(syncId));
  const completed = sync.find((event) => event.type === 'sync.completed')?.data;
  return { factsAsOf, payments: completed?.coverage.reimbursements };
}
