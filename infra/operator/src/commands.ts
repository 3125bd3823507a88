import { runCommand } from '@recoup/service-kit';
import { parkedCommand } from './parked/parked-command.js';
import { showCommand } from './show-command.js';
import { tailCommand } from './tail/tail-command.js';

/** A command of `npm run events`: what it is good for, and how it is run with the arguments of this process. */
interface Entry {
  readonly says: string;
  readonly run: () => Promise<unknown>;
}

/** What only looks at the log is here; what is a service's work stands in that service, and is loaded when it is asked for. */
export const commands: Readonly<Record<string, Entry>> = {
  tail: {
    says: 'prints events as they are written',
    run: () => runCommand(tailCommand),
  },
  show: {
    says: 'prints the events of a stream',
    run: () => runCommand(showCommand),
  },
  parked: {
    says: 'lists what could not be digested, shows it, and has it tried again',
    run: () => runCommand(parkedCommand),
  },
  rebuild: {
    says: 'folds read models anew beside the live ones',
    run: () => import('@recoup/gateway/rebuild-command'),
  },
  reprocess: {
    says: "runs today's detectors over stored facts and tells what changes",
    run: () => import('@recoup/detection/reprocess-command'),
  },
  calibration: {
    says: "shows what a seller's own decided claims move of its scores",
    run: () => import('@recoup/detection/calibration-command'),
  },
  'rotate-keys': {
    says: 'wraps stored keys anew with the current ones',
    run: () => import('@recoup/migrate/rotate-keys-command'),
  },
};
