// `npm start`: installs, builds, and runs everything in the foreground until Ctrl-C.
import { prepare, ROOT } from './install.mjs';

await prepare();
process.chdir(ROOT);
await import('../dist/main.js');
