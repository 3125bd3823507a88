/** The longest pause a timer takes, in milliseconds: past it Node would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Calls back at a time, however far it is; at once when it is past. Answers how to forget it. */
export function callAt(time: Date, callback: () => void): () => void {
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    const pause = time.getTime() - Date.now();
    timer =
      pause > LONGEST_MS ? setTimeout(arm, LONGEST_MS) : setTimeout(callback, Math.max(0, pause));
    timer.unref();
  };
  arm();
  return () => clearTimeout(timer);
}
