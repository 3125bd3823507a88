import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '@recoup/kernel';
import { checkedKey, type FileStorage } from './file-storage.js';

/** What is being written; never read. A key has no dot, so none is of this name. */
const UNFINISHED = '.unfinished';

/**
 * Files in a local folder. A file is written beside, synced and renamed, and so is its folder: after `put` has answered, a
 * crash or a power cut leaves it whole; before, as it was.
 */
export function openFolderStorage(root: string): FileStorage {
  const placeOf = (key: string): string => join(root, ...checkedKey(key).split('/'));
  return {
    async put(key, bytes) {
      const place = placeOf(key);
      const unfinished = join(root, UNFINISHED, randomUUID());
      await mkdir(dirname(unfinished), { recursive: true, mode: 0o700 });
      await mkdir(dirname(place), { recursive: true, mode: 0o700 });
      try {
        const file = await open(unfinished, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(unfinished, place);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
      await syncFolders(root, dirname(place));
    },
    async get(key) {
      try {
        return await readFile(placeOf(key));
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null;
        throw error;
      }
    },
    async forget(key) {
      await rm(placeOf(key), { recursive: true, force: true });
    },
  };
}

/** A rename is durable once its folder is; a new folder once the one above is. */
async function syncFolders(root: string, folder: string): Promise<void> {
  for (let at = folder; at.length >= root.length; at = dirname(at)) {
    const handle = await open(at, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}
