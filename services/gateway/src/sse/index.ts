// What makes frames and carries them to clients, by itself: so that it can be measured without the rest of the gateway.
export { Channel } from './channel.js';
export { Frame } from './frame.js';
export type { LiveStream } from './live-stream.js';
export { openResponseStream } from './response-stream.js';
