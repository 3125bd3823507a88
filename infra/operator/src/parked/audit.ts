import { hostname, userInfo } from 'node:os';
import { pino, type Logger } from 'pino';

/** The log of what operators changed, as JSON on stderr: it is written whatever LOG_LEVEL says. */
export function openAudit(): Logger {
  return pino({ base: { operator: operatorName() } }, pino.destination({ dest: 2, sync: true }));
}

function operatorName(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}@${hostname()}`; // a container's user that has no name
  }
}
