import {
  featureNames,
  reasonedModel,
  terms,
  type Measured,
  type ModelFile,
} from '@recoup/detection';
import { SHIFTED, USUAL } from '../mixes.js';
import { table } from './table.js';

/** The page about a model, made of what its file says and of nothing else. */
export function modelCard(file: ModelFile): string {
  return [
    `# Model card: ${file.version}`,
    '',
    'Written by `npm run train` together with the model; not by hand.',
    '',
    '**Everything here is synthetic.** The model was trained, calibrated and tested on simulated sellers and on a simulated',
    'case desk whose habits are assumptions. No outcome of a real claim is in it, and none of its figures says how often',
    'Amazon approves. Amazon’s agreement for developers (2026-03-04) bars the use of its materials for developing models.',
    '',
    '## What it says',
    '',
    'P(approved) of a claim that the rules have found: logistic(intercept + kind + Σ weight · feature). Whether there is a',
    'claim, of how many units and of what worth, rules decide. What goes out by itself is held by gates that no score',
    'overrides: an amount above 500, an unknown value, a source that was read in part, a policy that is only assumed.',
    '',
    ...dataOf(file),
    ...figuresOf(file),
    ...weightsOf(file),
    ...LIMITS,
    '',
  ].join('\n');
}

function dataOf({ trained, learnedKinds }: ModelFile): string[] {
  const sets = (['training', 'calibration', 'test'] as const).map((name) => [
    name,
    trained[name].worlds,
    trained[name].claims,
  ]);
  return [
    '## Data',
    '',
    'Claims are what today’s detectors find in what Amazon tells generated sellers (`infra/model/src/mixes.ts`). Whether a',
    'claim is approved follows from causes that no feature shows: whether the loss is true, whether it is put right unasked',
    'before the desk comes to it, how strict the desk is on the day, how well the papers read, how long an answer takes, and',
    'luck (`infra/sandbox/src/outcomes/`). Desks differ from seller to seller within ranges (`infra/model/src/any-desk.ts`).',
    'No seller serves two purposes.',
    '',
    ...table(['set', 'sellers', 'claims'], sets),
    '',
    `SHA-256 of the training and calibration claims: \`${trained.sha256}\`.`,
    '',
    'Kinds of claim in the training; a kind that is not among them has no weight of its own:',
    '',
    ...table(['kind', 'claims'], Object.entries(learnedKinds)),
    '',
  ];
}

function figuresOf({ figures }: ModelFile): string[] {
  const all = [{ name: USUAL.name, measured: figures.same }, ...figures.shifted];
  const rows = all.map(({ name, measured }) => figureRow(name, measured));
  const heads = ['claims', 'approved', 'Brier', 'of base rate', 'of rules', 'ECE', 'of rules'];
  const autoRows = all.map(({ name, measured: { auto } }) => [
    name,
    auto.claims,
    percent(auto.precision),
    percent(auto.lowerBound),
  ]);
  return [
    '## Figures on claims it has not seen',
    '',
    ...table(['worlds', ...heads], rows),
    '',
    '“Of rules”: what the weights set by hand get on the same claims. ECE: expected calibration error over 20 equal bins.',
    '',
    ...aimsOf(figures),
    '',
    ...[USUAL, ...SHIFTED].map(({ name, what }) => `- **${name}**: ${what}.`),
    '',
    'What would go out by itself (0.85 and above); the bound is Wilson’s, one-sided, 95 %:',
    '',
    ...table(['worlds', 'claims', 'approved', 'at least'], autoRows),
    '',
    '## Reliability, same worlds',
    '',
    '![What the model said, and what came](model-reliability.svg)',
    '',
    ...table(['from', 'to', 'claims', 'said', 'approved'], reliabilityRows(figures.same)),
    '',
  ];
}

/** What calibration error is aimed at, in the same worlds and in shifted ones. */
const AIMS = { same: 0.02, shifted: 0.05 } as const;

function aimsOf({ same, shifted }: ModelFile['figures']): string[] {
  const claims = shifted.reduce((sum, { measured }) => sum + measured.claims, 0);
  const errors = shifted.reduce((sum, { measured: m }) => sum + m.ece * m.claims, 0);
  const above = shifted.filter(({ measured }) => measured.ece > AIMS.shifted);
  const names = above.map(({ name, measured }) => `${name} (${measured.ece})`);
  const overAll = claims === 0 ? 0 : errors / claims;
  return [
    `Aims: ECE of at most ${AIMS.same} in the same worlds (here ${same.ece}) and ${AIMS.shifted} in shifted ones (over all of`,
    `them ${overAll.toFixed(4)}). Above it by itself: ${names.join(', ') || 'none'}.`,
  ];
}

function figureRow(name: string, measured: Measured): (string | number)[] {
  const { claims, baseRate, brier, brierBaseRate, brierRules, ece, eceRules } = measured;
  return [name, claims, percent(baseRate), brier, brierBaseRate, brierRules, ece, eceRules];
}

function reliabilityRows({ reliability }: Measured): (string | number)[][] {
  return reliability
    .filter(({ claims }) => claims > 0)
    .map(({ from, to, claims, confidence, approved }) => [
      from,
      to,
      claims,
      confidence ?? '',
      approved ?? '',
    ]);
}

function weightsOf({ intercept, weights, kinds, learned }: ModelFile): string[] {
  const rows = featureNames.map((name) => [
    `\`${name}\``,
    weights[name],
    terms[name].reasoned,
    learned.includes(name) ? 'yes' : 'no: the reasoned one, as calibrated',
    terms[name].why,
  ]);
  const ofKinds = Object.entries(kinds).map(([kind, weight]) => `\`${kind}\` ${weight}`);
  return [
    '## Weights',
    '',
    `Log-odds. Intercept ${intercept} (by hand: ${reasonedModel.intercept}). Kinds: ${ofKinds.join(', ') || 'none'}.`,
    'A weight never has another direction than the reasoned one: more of what speaks for a claim never lowers its score.',
    '',
    ...table(['feature', 'weight', 'by hand', 'learned', 'why'], rows),
    '',
  ];
}

const LIMITS = [
  '## Limits',
  '',
  '- The desks’ habits and their ranges are made up. A real desk may weigh what these do not know of.',
  '- A feature that was the same for all training claims is not learned; its weight is reasoned, and marked above.',
  '- Sellers of the simulation sell in the United States. Other places are scored by the same weights, unseen.',
  '- A seller’s own outcomes change nothing unless the seller opts in, and then only by a slope and a shift of the log-odds.',
  '- Features hold nothing about buyers.',
];

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
