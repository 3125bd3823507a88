import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelFile } from '@recoup/detection';
import { modelCard } from './card/model-card.js';
import { reliabilityPicture } from './card/reliability-picture.js';

const MODEL = 'services/detection/models/claims.json';
const CARD = 'docs/model-card.md';
const PICTURE = 'docs/model-reliability.svg';

/** The text of every file that belongs to a model, by its path in the repository. */
export function filesOf(model: ModelFile): Readonly<Record<string, string>> {
  return {
    [MODEL]: `${JSON.stringify(model, null, 2)}\n`,
    [CARD]: modelCard(model),
    [PICTURE]: reliabilityPicture(model.figures.same),
  };
}

/** Writes a model, its card and its picture to a checkout; to this one unless another folder is named. */
export async function writeFiles(model: ModelFile, folder = ROOT): Promise<void> {
  for (const [path, text] of Object.entries(filesOf(model))) {
    await mkdir(dirname(`${folder}/${path}`), { recursive: true });
    await writeFile(`${folder}/${path}`, text);
  }
}

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
