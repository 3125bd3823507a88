import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** What makes a state folder this one and no other: whose it is, its secrets, and the Amazon it belongs to. */
const IDENTITY = ['secrets.json', 'sandbox/world.json'] as const;

/**
 * Gives a new state folder the identity of another, and nothing of its data: the same user and secrets, and a simulated
 * Amazon that ends on the same day. Two runs can then be compared down to the ids of their claims.
 */
export function copyIdentity(from: string, to: string): void {
  mkdirSync(join(to, 'sandbox'), { recursive: true });
  for (const file of IDENTITY) copyFileSync(join(from, file), join(to, file));
}
