import { AppError } from '@recoup/kernel';
import type { z } from 'zod';
import { claimEvents } from './claim-events.js';
import { documentEvents } from './document-events.js';
import { filingEvents } from './filing-events.js';
import { modelEvents } from './model-events.js';
import { riskEvents } from './risk-events.js';
import { settingsEvents } from './settings-events.js';
import { syncEvents } from './sync-events.js';

/**
 * Every event type with the schema of its latest version. A breaking change is a new version with an upcast in
 * `versions.ts`, or a new type; a stored event is never rewritten.
 */
export const catalogue = {
  ...syncEvents,
  ...settingsEvents,
  ...claimEvents,
  ...documentEvents,
  ...filingEvents,
  ...riskEvents,
  ...modelEvents,
} as const;

export type EventType = keyof typeof catalogue;
export type EventData<T extends EventType> = z.infer<(typeof catalogue)[T]>;

export const eventTypes = Object.keys(catalogue) as EventType[];

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(catalogue, type);
}

export class InvalidEvent extends AppError {
  readonly code = 'INVALID_EVENT';
}

/** Checks the data of an event before it is written. Throws InvalidEvent naming the type and the field. */
export function checkEventData<T extends EventType>(type: T, data: unknown): EventData<T> {
  const result = catalogue[type].safeParse(data);
  if (result.success) return result.data as EventData<T>;
  const issue = result.error.issues[0];
  throw new InvalidEvent(`${type}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`, {
    cause: result.error,
  });
}
