import type { ProjectorDependencies } from '@recoup/projections';
import { histogram, inSpansOf, stopwatch } from '@recoup/service-kit';

const duration = histogram({
  name: 'recoup_projection_batch_duration_seconds',
  help: 'A batch of events folded into all read models, in one transaction.',
});

/** Times the fold of a batch, and shows it in the traces of its events. */
export const observedFold: NonNullable<ProjectorDependencies['around']> = async (events, fold) => {
  const took = stopwatch();
  try {
    return await inSpansOf('fold read models', { events }, fold);
  } finally {
    duration.observe({}, took());
  }
};
