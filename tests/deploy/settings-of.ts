import type { ServiceName } from '@recoup/deploy';
import { BadSetting, checkProfile, commonSettings, readSettings } from '@recoup/service-kit';
import type { z } from 'zod';
import { detectionSettings } from '../../services/detection/src/config.js';
import { evidenceSettings } from '../../services/evidence/src/config.js';
import { settingsSchema as gatewaySettings } from '../../services/gateway/src/settings.js';
import { ingestionSettings } from '../../services/ingestion/src/config.js';

const OWN: Readonly<Record<ServiceName, z.ZodObject>> = {
  gateway: gatewaySettings,
  ingestion: ingestionSettings,
  detection: detectionSettings,
  evidence: evidenceSettings,
};

/** Read by Node, the AWS client or the tracer, and by no schema of ours. */
const FOREIGN = ['TZ', 'NODE_ENV', 'NODE_OPTIONS', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

type Environment = Readonly<Record<string, string>>;

/** What keeps a service from starting in production with an environment: nothing, when it starts. */
export function refusalOf(service: ServiceName, environment: Environment): string | null {
  try {
    const common = readSettings(commonSettings, environment);
    checkProfile({ ...common, ...readSettings(OWN[service], environment) });
    return null;
  } catch (error) {
    if (error instanceof BadSetting) return error.message;
    throw error;
  }
}

/** Names that no setting of the service has: what they say is heard by nobody. */
export function unknownTo(service: ServiceName, environment: Environment): string[] {
  const known = new Set([
    ...Object.keys(commonSettings.shape),
    ...Object.keys(OWN[service].shape),
    ...FOREIGN,
  ]);
  return Object.keys(environment).filter((name) => !known.has(name));
}
