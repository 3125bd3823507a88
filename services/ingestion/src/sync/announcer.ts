import { advanceSync } from '@recoup/domain';
import type { SyncWindow } from '../sources/source.js';
import type { Timer } from '../timer.js';
import type { Forecast } from './forecast.js';
import type { ProgressBoard } from './progress-board.js';
import type { SyncJournal } from './sync-journal.js';

/** At most four announcements a second: windows that close faster are announced together. */
const GAP_MS = 250;

export interface Announcer {
  /** Says soon that windows were closed, the newest of them by name. */
  announce(window: SyncWindow): void;
  /** Says soon how much longer it takes, since a window turned out to need other calls than were planned. */
  announceExpected(window: SyncWindow): void;
  /** Writes at once what was announced so far: nobody who waits for it waits for the gap. Resolves also when it fails. */
  flush(): Promise<void>;
}

interface AnnouncerDeps {
  readonly tenantId: string;
  readonly journal: SyncJournal;
  readonly board: ProgressBoard;
  readonly forecast: Forecast;
  readonly timer: Timer;
  /** Called when writing failed: the sync cannot go on unheard. */
  readonly onError: (error: unknown) => void;
}

/** What is announced, and the name by which it is announced once. */
interface News {
  readonly window: SyncWindow;
  readonly step: 'window' | 'expected';
}

/** Turns closed windows into `sync.progressed`, a few a second at most and never an older state after a newer one. */
export function openAnnouncer(deps: AnnouncerDeps): Announcer {
  let waiting: News | undefined;
  let drain: Promise<void> | undefined;
  let nextAt = 0;
  let hurry = new AbortController();

  async function writeWaiting(): Promise<void> {
    while (waiting) {
      await deps.timer.sleep(nextAt - deps.timer.now().getTime(), hurry.signal);
      const news: News = waiting;
      waiting = undefined;
      nextAt = deps.timer.now().getTime() + GAP_MS;
      await write(deps, news);
    }
    drain = undefined; // in the same turn as the last look at `waiting`, so that nothing falls between
  }

  function say(news: News): void {
    waiting = news;
    drain ??= writeWaiting().catch((error: unknown) => {
      waiting = undefined;
      drain = undefined;
      deps.onError(error);
    });
  }

  return {
    announce: (window) => say({ window, step: 'window' }),
    announceExpected: (window) => say({ window, step: 'expected' }),
    async flush() {
      hurry.abort();
      await drain;
      hurry = new AbortController();
    },
  };
}

async function write(
  { tenantId, journal, board, forecast }: AnnouncerDeps,
  { window, step }: News,
): Promise<void> {
  const completion = await forecast.completion({
    demand: board.demand(),
    waitsForReports: board.waitsForReports(),
  });
  await journal.write((state, cause) =>
    advanceSync(tenantId, state, {
      type: 'sync.progressed',
      data: {
        syncId: state.syncId,
        resource: window.resource,
        window: { from: window.from.toISOString(), to: window.to.toISOString() },
        progress: Math.max(state.progress, board.percent()),
        message: board.message(),
        counts: board.counts(),
        estimatedCompletion: completion.toISOString(),
      },
      // The window names the step: closed again after a crash, it is not announced twice.
      once: [step, String(window.nth)],
      cause,
    }),
  );
}
