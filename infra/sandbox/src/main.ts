import { readConfig } from './config.js';
import { startSandbox } from './sandbox.js';

const read = readConfig(process.env);
if (!read.ok) {
  process.stderr.write(
    read.problems.map((problem) => `sandbox: bad setting ${problem}\n`).join(''),
  );
  process.exit(1);
}

const sandbox = await startSandbox(read.config);
process.stdout.write(`sandbox listening on ${sandbox.origin}\n`);

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void sandbox.close().then(() => process.exit(0));
  });
}
