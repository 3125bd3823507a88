import { eventTypes, isEventType } from '@recoup/contracts';
import { z } from 'zod';

/** Where reading begins: with what comes, at a position of every shard that is read, or at a time. */
export type From =
  | { readonly kind: 'now' }
  | { readonly kind: 'position'; readonly position: number }
  | { readonly kind: 'time'; readonly time: Date };

const fromSchema = z.string().transform((text, context): From => {
  if (text === 'now') return { kind: 'now' };
  if (text === 'start') return { kind: 'position', position: 1 };
  if (/^[1-9]\d*$/.test(text)) return { kind: 'position', position: Number(text) };
  const time = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).safeParse(text);
  if (time.success) return { kind: 'time', time: new Date(time.data) };
  context.addIssue('now, start, a position, or a time such as 2026-03-01T12:00:00Z');
  return z.NEVER;
});

/** `sync.progressed`, several with commas between, or all of a family: `claim.*`. */
const typeSchema = z
  .array(z.string())
  .transform((given) => given.flatMap((text) => text.split(',')))
  .superRefine((given, context) => {
    const unknown = given.find((type) => !isEventType(type) && !family(type));
    if (unknown !== undefined) context.addIssue(`there are no events of the type ${unknown}`);
  });

function family(type: string): string | null {
  const prefix = type.endsWith('.*') ? type.slice(0, -1) : null;
  return prefix !== null && eventTypes.some((known) => known.startsWith(prefix)) ? prefix : null;
}

/** True for the event types that were asked for; for all where none was named. */
export function typesAsked(given: readonly string[]): (type: string) => boolean {
  if (given.length === 0) return () => true;
  const families = given.flatMap((type) => family(type) ?? []);
  return (type) => given.includes(type) || families.some((prefix) => type.startsWith(prefix));
}

export const tailSchema = z
  .object({
    tenant: z.string().min(1).optional(),
    type: typeSchema.default([]),
    from: fromSchema.default({ kind: 'now' }),
    'no-follow': z.boolean().default(false),
    json: z.boolean().default(false),
    words: z.array(z.string()).max(0, 'tail takes options only; a seller is named by --tenant'),
  })
  .refine(
    ({ tenant, from }) => tenant !== undefined || from.kind !== 'position' || from.position === 1,
    {
      error: 'a position is one of a shard: name the seller by --tenant',
    },
  );
export type TailOptions = z.infer<typeof tailSchema>;
