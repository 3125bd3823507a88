import { streams, SYSTEM_TENANT, type EventData } from '@recoup/contracts';
import { eventOf, fromCommand } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import type { Clock } from '@recoup/kernel';
import { featureNames } from './domain/score/features.js';
import type { ModelFile } from './domain/score/model-file.js';

export interface PublishDeps {
  readonly store: EventStore;
  readonly clock: Clock;
}

const STREAM = streams.model('claims');
/** How often it looks again because another process published in between. */
const ATTEMPTS = 5;

/**
 * Says in the log that this version scores from now on, if it is not the one that was published last. Any number of
 * processes may start with it: it is said once. A version that comes back is said again. Throws what the store throws.
 */
export async function publishModel({ store, clock }: PublishDeps, file: ModelFile): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const events = await store.readStream(SYSTEM_TENANT, STREAM);
    const published = events.filter((event) => event.type === 'claim.model_published');
    if (published.at(-1)?.data.modelVersion === file.version) return;
    const once = [STREAM, String(events.length + 1), file.version];
    const meta = { cause: fromCommand('service:detection', clock.now()), once };
    const outcome = await store.append({
      tenantId: SYSTEM_TENANT,
      streamId: STREAM,
      expected: events.at(-1)?.streamVersion ?? 'absent',
      events: [eventOf('claim.model_published', publishedOf(file), meta)],
    });
    if (outcome.ok) return;
  }
}

function publishedOf(file: ModelFile): EventData<'claim.model_published'> {
  const { version, trained, figures, intercept, weights, kinds } = file;
  const { claims, ece, brier, auto } = figures.same;
  return {
    modelType: 'claims',
    modelVersion: version,
    trainedOn: {
      data: trained.data,
      claims: trained.training.claims + trained.calibration.claims,
      sha256: trained.sha256,
    },
    calibration: { data: trained.data, claims, ece, brier },
    auto: { claims: auto.claims, approved: auto.approved, lowerBound: auto.lowerBound },
    intercept,
    weights: featureNames.map((feature) => ({ feature, weight: weights[feature] })),
    kinds: Object.entries(kinds).map(([subtype, weight]) => ({
      subtype: subtype as keyof ModelFile['kinds'],
      weight,
    })),
  };
}
