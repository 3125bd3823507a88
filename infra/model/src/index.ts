export { filesOf } from './files.js';
export { readRows, type Reading } from './read/reading.js';
export { train, type Sellers } from './train.js';
