import { parseArgs } from 'node:util';
import { AppError, messageOf, systemClock } from '@recoup/kernel';
import { z } from 'zod';
import { askRefreshToken } from './check/ask-refresh-token.js';
import { printReport } from './check/print-report.js';
import { runCheck } from './check/run-check.js';
import { readCheckSettings } from './check/settings.js';

const USAGE = `usage: npm run amazon -- check [--region na|eu|fe] [--with-report] [--json]

Tries the Amazon credentials of this environment: LWA_CLIENT_ID, LWA_CLIENT_SECRET, and a seller's refresh token in
AMAZON_REFRESH_TOKEN or on standard input. SPAPI_ENDPOINT and LWA_ENDPOINT lead elsewhere than to Amazon. Reads only;
--with-report asks Amazon for one report as well. Ends with 0 when everything that a sync needs works.
`;

const regionSchema = z.enum(['na', 'eu', 'fe']).optional();

/** 0: all works; 1: something does not; 2: it could not be tried. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      region: { type: 'string' },
      'with-report': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const region = regionSchema.safeParse(values.region);
  if (values.help || !region.success || positionals.join(' ') !== 'check') {
    process.stderr.write(USAGE);
    return values.help ? 0 : 2;
  }
  const options = { region: region.data, withReport: values['with-report'] };
  const settings = await readCheckSettings(process.env, options, askRefreshToken);
  const report = await runCheck(settings, systemClock);
  process.stdout.write(`${values.json ? JSON.stringify(report, null, 2) : printReport(report)}\n`);
  return report.ok ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // A setting that is missing, or an option that does not exist: whoever called needs the words, not the stack.
  if (!(error instanceof AppError || error instanceof TypeError)) throw error;
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 2;
}
