import { parseArgs } from 'node:util';
import { writeFiles } from './files.js';
import { train, type Sellers } from './train.js';

/** Enough for 20,000 claims of the same worlds, and as many of shifted ones. */
const WHOLE: Sellers = { training: 56, calibration: 32, test: 92, shifted: 23 };
/** Enough to see that it runs; its figures say nothing. */
const SMALL: Sellers = { training: 2, calibration: 1, test: 1, shifted: 1 };

const { values } = parseArgs({
  options: { small: { type: 'boolean', default: false }, into: { type: 'string' } },
});
if (values.small && values.into === undefined) {
  throw new Error('--small is for trying: name a folder for its files with --into');
}
const model = await train(values.small ? SMALL : WHOLE, (line) => {
  process.stdout.write(`${line}\n`);
});
await writeFiles(model, values.into);
process.stdout.write(`${model.version}\n`);
