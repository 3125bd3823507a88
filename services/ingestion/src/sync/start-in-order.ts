import type { SyncResource } from '@recoup/contracts';
import type { Source } from '../sources/source.js';

/**
 * Begins to read every source: at once, or when all that it comes after have been read to their end. A resource that this
 * sync does not read is not waited for: what is stored of it by earlier syncs is all there is. Answers one promise a
 * source, in their order; that of a source whose predecessor failed fails with the same error.
 */
export function startInOrder(
  sources: readonly Source[],
  read: (source: Source) => Promise<void>,
): Promise<void>[] {
  const started = new Map<SyncResource, Promise<void>>();
  function start(source: Source, followers: readonly SyncResource[]): Promise<void> {
    const { resource, after = [] } = source;
    if (followers.includes(resource)) throw new RangeError(`${resource} would wait for itself`);
    const running =
      started.get(resource) ??
      Promise.all(
        sources
          .filter((other) => after.includes(other.resource))
          .map((other) => start(other, [...followers, resource])),
      ).then(() => read(source));
    started.set(resource, running);
    return running;
  }
  return sources.map((source) => start(source, []));
}
