import { daysBetween } from '@recoup/kernel';
import { z } from 'zod';
import type { FiledCase } from '../doors/case-store.js';
import type { Packet } from './decide.js';

/** What a case may say beside what it must. */
const toldSchema = z.object({
  subtype: z.string(),
  fnsku: z.string(),
  quantity: z.int().positive(),
  text: z.string(),
  lossDay: z.iso.date().optional(),
  deadline: z.iso.date().optional(),
  references: z.array(z.string()).optional(),
  amount: z.object({ amount: z.string(), currency: z.string() }).nullish(),
});

/** A case as the desk reads it. What it does not say is what a reader makes of silence: an old loss, and no time left. */
export function packetOf({ request, createdAt }: FiledCase): Packet {
  const { subtype, fnsku, quantity, text, references, amount, ...told } = toldSchema.parse(request);
  const filedOn = createdAt.slice(0, 10);
  const { lossDay = filedOn, deadline = filedOn } = told;
  return {
    ...{ subtype, fnsku, units: quantity, lossDay },
    names: references ?? [],
    ageDays: daysBetween(lossDay, filedOn),
    daysLeft: daysBetween(filedOn, deadline),
    quotedOpen: 1,
    showsAmount: amount != null,
    places: 1,
    isWhole: true,
    tied: (references ?? []).some((name) => text.includes(name)) ? 1 : 0,
    sellable: true,
  };
}
