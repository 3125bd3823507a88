import type { SellerSettings } from '@recoup/contracts';
import { DEFAULT_SETTINGS } from './seller-settings.js';

/** What an installation may say for sellers who have not chosen, as its settings name it. */
export interface InstallationDefaults {
  readonly AUTO_FILE_DEFAULT?: 'on' | 'off' | undefined;
  readonly CLAIM_APPROVAL_LIMIT?: number | undefined;
  readonly FILING_PER_DAY?: number | undefined;
  readonly FILING_SPACING_SECONDS?: number | undefined;
}

/** The settings of a seller who has chosen nothing, in this installation. */
export function installationDefaults(said: InstallationDefaults): SellerSettings {
  const { autoFile, approvalLimit, governor } = DEFAULT_SETTINGS;
  return {
    ...DEFAULT_SETTINGS,
    autoFile: said.AUTO_FILE_DEFAULT === undefined ? autoFile : said.AUTO_FILE_DEFAULT === 'on',
    approvalLimit: said.CLAIM_APPROVAL_LIMIT ?? approvalLimit,
    governor: {
      perDay: said.FILING_PER_DAY ?? governor.perDay,
      spacingSeconds: said.FILING_SPACING_SECONDS ?? governor.spacingSeconds,
    },
  };
}
