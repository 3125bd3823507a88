import { messageOf, sleep } from '@recoup/kernel';
import type { Service } from '../service.js';
import type { RetentionRule } from './retention-rule.js';
import { showRule, sweep } from './sweep.js';

/** How often an instance looks whether a sweep is due, in milliseconds: what one that another instance made may be late. */
const LOOK_MS = 30_000;

export interface RetentionOptions {
  readonly rules: readonly RetentionRule[];
  readonly settings: { readonly RETENTION_SWEEP_MINUTES: number };
}

/** Keeps what a service stores for the time that its rules name, until the service stops. Any number of instances may. */
export async function runRetention(
  { pool, log, signal }: Pick<Service, 'pool' | 'log' | 'signal'>,
  { rules, settings }: RetentionOptions,
): Promise<void> {
  rules.forEach(showRule);
  const terms = { everyMinutes: settings.RETENTION_SWEEP_MINUTES, signal };
  const keepTo = async (rule: RetentionRule): Promise<void> => {
    const { table } = rule;
    try {
      const rows = await sweep(pool, rule, terms);
      if (rows) log.info({ table, rows }, 'what had been kept for its time was deleted');
    } catch (error) {
      log.warn({ table, reason: messageOf(error) }, 'what has had its time could not be deleted');
    }
  };
  while (!signal.aborted) {
    for (const rule of rules) if (!signal.aborted) await keepTo(rule);
    await sleep(LOOK_MS, signal);
  }
}
