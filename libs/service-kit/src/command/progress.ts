const BAR_WIDTH = 24;
/** A bar moves at most so often, in milliseconds. */
const DRAW_MS = 100;

/** How far a long command is, told to a person at a terminal, to a log, or to a machine. */
export interface Progress {
  /** `done` of `total`, in whatever is counted, and at what it is now. */
  show(done: number, total: number, at?: string): void;
  /** Makes room for a line of output; the next `show` draws again. */
  clear(): void;
  /** Leaves the last state standing. */
  end(): void;
}

export interface ProgressOptions {
  /** What is under way. */
  readonly label: string;
  /** What is counted, such as `events`. */
  readonly unit: string;
  /** JSON lines on stderr instead of a bar: stdout is for the outcome. */
  readonly json: boolean;
}

/** A bar on stderr at a terminal, a line for every tenth where it is no terminal, JSON lines for machines. */
export function openProgress(options: ProgressOptions): Progress {
  const { label, unit, json } = options;
  if (json) return steps(100, (state) => JSON.stringify({ progress: label, unit, ...state }));
  if (!process.stderr.isTTY) return steps(10, (state) => lineOf(options, state));
  return bar(options);
}

interface State {
  readonly done: number;
  readonly total: number;
  readonly at: string | undefined;
}

function steps(count: number, line: (state: State) => string): Progress {
  let told = -1;
  return {
    show(done, total, at) {
      const step = Math.floor(shareOf(done, total) * count);
      if (step > told) process.stderr.write(`${line({ done, total, at })}\n`);
      told = Math.max(told, step);
    },
    clear: () => undefined,
    end: () => undefined,
  };
}

function bar(options: ProgressOptions): Progress {
  const begun = performance.now();
  let drawn = -Infinity;
  let standing = false;
  return {
    show(done, total, at) {
      const now = performance.now();
      if (now - drawn < DRAW_MS && done < total) return;
      drawn = now;
      const share = shareOf(done, total);
      const full = Math.round(share * BAR_WIDTH);
      const filled = '█'.repeat(full).padEnd(BAR_WIDTH, '░');
      const left = share > 0 && share < 1 ? leftText(((now - begun) * (1 - share)) / share) : '';
      process.stderr.write(`\r\u001b[2K${filled}  ${lineOf(options, { done, total, at })}${left}`);
      standing = true;
    },
    clear() {
      if (standing) process.stderr.write('\r\u001b[2K');
      standing = false;
      drawn = -Infinity;
    },
    end() {
      if (standing) process.stderr.write('\n');
      standing = false;
    },
  };
}

function shareOf(done: number, total: number): number {
  return total <= 0 ? 1 : Math.min(1, done / total);
}

function lineOf({ label, unit }: ProgressOptions, { done, total, at }: State): string {
  const percent = Math.floor(shareOf(done, total) * 100);
  const count = (value: number): string => value.toLocaleString('en-US');
  return `${label}: ${percent} %, ${count(done)} of ${count(total)} ${unit}${at === undefined ? '' : `: ${at}`}`;
}

function leftText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 90 ? `, ${seconds} s left` : `, ${Math.ceil(seconds / 60)} min left`;
}
