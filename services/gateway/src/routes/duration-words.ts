/** Units as they are spoken of, with the step to which they are rounded; the last one that fits is taken. */
const UNITS = [
  { name: 'hours', seconds: 3600, step: 1 },
  { name: 'minutes', seconds: 60, step: 1 },
  { name: 'seconds', seconds: 1, step: 5 },
] as const;

/** From this many of a unit on it is spoken of in the next one. */
const TOO_MANY = 90;

const SHORT_SECONDS = 10;

/**
 * How long something will take, in words such as "30-60 seconds" or "2-4 minutes", from what is expected of it in
 * seconds. A forecast counts the calls and their rates: what it cannot know makes it longer and never shorter, so that
 * the range goes from the forecast to twice that.
 */
export function durationWords(seconds: number): string {
  const [from, to] = [seconds, seconds * 2];
  if (to < SHORT_SECONDS) return `less than ${SHORT_SECONDS} seconds`;
  const unit = UNITS.findLast((one) => to / one.seconds <= TOO_MANY) ?? UNITS[0];
  const least = Math.floor(from / unit.seconds / unit.step) * unit.step;
  const most = Math.ceil(to / unit.seconds / unit.step) * unit.step;
  return `${Math.max(unit.step, least)}-${most} ${unit.name}`;
}
