const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether the platform knows an IANA time zone. */
export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** Milliseconds that a zone's clocks are ahead of UTC at an instant. */
export function offsetAt(zone: string, ms: number): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  const field = (name: Intl.DateTimeFormatPartTypes) => Number(parts.get(name));
  const local = Date.UTC(
    field('year'),
    field('month') - 1,
    ...([field('day'), field('hour'), field('minute'), field('second')] as const),
  );
  return local - Math.floor(ms / 1_000) * 1_000;
}

/** The instant at which a zone's clocks show a wall time (given as if it were UTC). */
export function instantOf(zone: string, wallMs: number): number {
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const guess = wallMs - offsetAt(zone, wallMs);
  return wallMs - offsetAt(zone, guess);
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}
