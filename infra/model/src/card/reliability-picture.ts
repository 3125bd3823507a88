import type { Measured } from '@recoup/detection';

const SIDE = 400;
const MARGIN = 50;
const LARGEST = 12;
const SMALLEST = 2;

/** What the model said against what came, as SVG: a dot per bin, as large as its share of the claims, beside the diagonal. */
export function reliabilityPicture({ reliability, claims }: Measured): string {
  const dots = reliability.flatMap(({ confidence, approved, claims: inBin }) => {
    if (confidence === null || approved === null) return [];
    const radius = Math.max(SMALLEST, LARGEST * Math.sqrt(inBin / claims));
    const [x, y] = [acrossOf(confidence), upOf(approved)];
    return [`<circle cx="${x}" cy="${y}" r="${radius.toFixed(1)}" fill="#2563eb" opacity="0.75"/>`];
  });
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((tick) => [
    `<text x="${acrossOf(tick)}" y="${MARGIN + SIDE + 18}" text-anchor="middle">${tick}</text>`,
    `<text x="${MARGIN - 8}" y="${upOf(tick)}" text-anchor="end" dominant-baseline="middle">${tick}</text>`,
  ]);
  const size = SIDE + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" font-family="sans-serif" font-size="12">`,
    `<rect width="${size}" height="${size}" fill="#fff"/>`,
    `<rect x="${MARGIN}" y="${MARGIN}" width="${SIDE}" height="${SIDE}" fill="none" stroke="#999"/>`,
    `<line x1="${acrossOf(0)}" y1="${upOf(0)}" x2="${acrossOf(1)}" y2="${upOf(1)}" stroke="#999" stroke-dasharray="4"/>`,
    ...ticks,
    ...dots,
    `<text x="${size / 2}" y="${MARGIN + SIDE + 38}" text-anchor="middle">said</text>`,
    `<text x="14" y="${size / 2}" text-anchor="middle" transform="rotate(-90 14 ${size / 2})">approved</text>`,
    `<text x="${size / 2}" y="28" text-anchor="middle">${claims} synthetic claims</text>`,
    '</svg>',
    '',
  ].join('\n');
}

function acrossOf(share: number): string {
  return (MARGIN + share * SIDE).toFixed(1);
}

function upOf(share: number): string {
  return (MARGIN + (1 - share) * SIDE).toFixed(1);
}
