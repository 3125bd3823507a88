import { execFileSync } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';

/** A folder that is a disk of its own, which can be full. */
export interface Disk extends Disposable {
  /** Leaves room for a few kilobytes more than are taken. */
  fill(): void;
  empty(): void;
}

/** Of memory, taken as it is needed. JetStream takes on three quarters of a disk, and the stream may grow to 8 GiB. */
const WHOLE = '12g';
const ROOM_BYTES = 32 * 1024;

/** Mounts a disk at a folder; null where that needs rights that we do not have. */
export function mountDisk(folder: string): Disk | null {
  mkdirSync(folder, { recursive: true });
  const mount = (...args: string[]): void =>
    void execFileSync('mount', [...args, folder], { stdio: 'ignore' });
  try {
    mount('-t', 'tmpfs', '-o', `size=${WHOLE}`, 'tmpfs');
  } catch {
    return null;
  }
  const unmount = (): void => void execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
  process.once('exit', unmount);
  return {
    fill() {
      const { blocks, bfree, bsize } = statfsSync(folder);
      mount('-o', `remount,size=${(blocks - bfree) * bsize + ROOM_BYTES}`);
    },
    empty: () => mount('-o', `remount,size=${WHOLE}`),
    [Symbol.dispose]() {
      process.off('exit', unmount);
      unmount();
    },
  };
}
