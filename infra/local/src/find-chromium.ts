import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** A browser that runs, or why there is none. */
export type FoundChromium =
  { readonly program: string } | { readonly program: null; readonly reason: string };

/**
 * The Chromium of this machine: `CHROMIUM_BIN`, else the first of its usual names on PATH that runs, else Debian's
 * `/usr/bin/chromium`. One that is named and does not run is not replaced by another.
 */
export function findChromium(
  environment: Readonly<Record<string, string | undefined>>,
): FoundChromium {
  const named = environment['CHROMIUM_BIN'];
  if (named) {
    if (runs(named)) return { program: named };
    return { program: null, reason: `CHROMIUM_BIN names ${named}, which does not run` };
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const program = [...candidates, '/usr/bin/chromium'].find(runs);
  if (program !== undefined) return { program };
  return {
    program: null,
    reason: `no Chromium was found: put ${NAMES.join(' or ')} on PATH, or name it in CHROMIUM_BIN`,
  };
}

/** A name is not enough: some distributions have a program under it that only asks to install the real one. */
function runs(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore', timeout: 10_000 }).status === 0;
}
