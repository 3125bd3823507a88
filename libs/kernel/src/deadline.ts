/** A signal that ends with its scope: `using limit = deadline(…)`. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * A signal that aborts with another one, or after so many milliseconds with a TimeoutError, whichever is first. Not
 * `AbortSignal.any([stop, AbortSignal.timeout(ms)])`: nothing there holds the timeout, which is collected as garbage and
 * then never comes (nodejs/node#57736).
 */
export function deadline(ms: number, stop: AbortSignal | null = null): Deadline {
  const controller = new AbortController();
  const onStop = (): void => controller.abort(stop?.reason);
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`not done after ${ms} ms`, 'TimeoutError'));
  }, ms);
  if (stop?.aborted) onStop();
  stop?.addEventListener('abort', onStop, { once: true });
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer);
      stop?.removeEventListener('abort', onStop);
    },
  };
}
