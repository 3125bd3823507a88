import { AppError } from '@recoup/kernel';
import { isEventType, type EventData, type EventType } from './catalogue.js';

/** Turns the data of version n of a type into that of version n+1. */
export type Upcast = (data: unknown) => unknown;

/**
 * Upcasts per type, the first from version 1 to 2. A type that is not listed has had one version only. Every version
 * that was ever written keeps a fixture under `fixtures/`, and the tests read them all, for ever.
 */
const upcasts: Partial<Record<EventType, readonly Upcast[]>> = {};

export class UnknownEvent extends AppError {
  readonly code = 'UNKNOWN_EVENT';
}

/** The version in which events of this type are written today. */
export function currentVersion(type: EventType): number {
  return (upcasts[type]?.length ?? 0) + 1;
}

/**
 * The data of a stored event in today's shape. Throws UnknownEvent for a type or a version that this build does not
 * know: an older build met a newer event, and must not guess.
 */
export function upcast<T extends EventType>(
  type: string,
  version: number,
  data: unknown,
): EventData<T> {
  if (!isEventType(type) || version > currentVersion(type)) {
    throw new UnknownEvent(`no schema for ${type} version ${version}`);
  }
  const steps = upcasts[type]?.slice(version - 1) ?? [];
  return steps.reduce((value, step) => step(value), data) as EventData<T>;
}
