export { filesOf } from './files.js';
export { train, type Sellers } from './train.js';
