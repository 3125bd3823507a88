/** Days of one settlement. */
const DAYS_OF_GROUP = 14;

/** The financial event group that the transactions of a day belong to. */
export function groupIdAt(sellerId: string, day: number): string {
  const text = `${sellerId}/${Math.floor(day / DAYS_OF_GROUP)}`;
  return Buffer.from(text).toString('base64url');
}

/** First and last day of a group; undefined when it is not one of this seller's. */
export function daysOfGroup(
  sellerId: string,
  id: string,
): { from: number; to: number } | undefined {
  const [seller, number] = Buffer.from(id, 'base64url').toString('utf8').split('/');
  if (seller !== sellerId || !/^\d+$/.test(number ?? '')) return undefined;
  const from = Number(number) * DAYS_OF_GROUP;
  return { from, to: from + DAYS_OF_GROUP - 1 };
}
