import { codeOf, messageOf } from '@recoup/kernel';
import type { Step } from './finding.js';

const TIMEOUT_MS = 10_000;

/** Whether anything answers at the endpoint. What it answers does not matter: nothing is asked. */
export async function hostStep(origin: string): Promise<Step> {
  try {
    await fetch(origin, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { name: 'host', ok: true, words: `${origin} answers` };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    const words = `${origin} cannot be reached: ${codeOf(cause) ?? messageOf(cause)}`;
    return { name: 'host', ok: false, words };
  }
}
