import { groupBy } from '@recoup/kernel';
import { everySome, type Sample, type Service } from '@recoup/service-kit';

/** Counting reads an index of all claims: once a minute is often enough for what people decide. */
const KEPT_MS = 60_000;

/** All columns stand in the index `claim_figures`: no document is opened. Tenth 0 is [0, 0.1), tenth 9 is [0.9, 1]. */
const CLAIMS = `
  select status, tier, least(floor(confidence * 10), 9)::int as tenth, count(*)::int as claims,
    sum(confidence)::float as expected
  from rm.claim group by 1, 2, 3`;

interface Counted {
  readonly status: string;
  readonly tier: string;
  readonly tenth: number;
  readonly claims: number;
  /** How many of them would be approved if every probability were right. */
  readonly expected: number;
}

/** What Amazon decided on a claim that it was asked for, by where the claim stands; others are not decided. */
const OUTCOMES: Readonly<Record<string, 'approved' | 'denied'>> = {
  approved: 'approved',
  partially_approved: 'approved',
  paid: 'approved',
  reversed: 'approved',
  denied: 'denied',
};

const TENTHS = Array.from({ length: 10 }, (_, tenth) => tenth);

/** Claims of all sellers by state and tier, and whether the decided ones came out as often as their scores say. */
export function addClaimGauges({ metrics, pool }: Pick<Service, 'metrics' | 'pool'>): void {
  const counted = everySome(KEPT_MS, async () => (await pool.query<Counted>(CLAIMS)).rows);
  const decided = async (): Promise<readonly Counted[]> =>
    (await counted()).filter(({ status }) => status in OUTCOMES);
  metrics.gauge(
    {
      name: 'recoup_claims',
      help: 'Claims by status and tier, of all sellers, counted at most once a minute.',
      labels: ['status', 'tier'],
    },
    async () => [...groupBy(await counted(), standing).values()].map(standingSample),
  );
  metrics.gauge(
    {
      name: 'recoup_calibration_claims',
      help: 'Decided claims by tenth of their probability (0 is below 0.1) and outcome: approved, denied.',
      labels: ['tenth', 'outcome'],
    },
    async () => {
      const claims = await decided();
      return TENTHS.flatMap((tenth) =>
        (['approved', 'denied'] as const).map((outcome) => ({
          labels: { tenth, outcome },
          value: sum(
            claims.filter((row) => row.tenth === tenth && OUTCOMES[row.status] === outcome),
            'claims',
          ),
        })),
      );
    },
  );
  metrics.gauge(
    {
      name: 'recoup_calibration_expected_claims',
      help: 'How many of the decided claims of a tenth would be approved if every probability were right.',
      labels: ['tenth'],
    },
    async () => {
      const claims = await decided();
      return TENTHS.map((tenth) => ({
        labels: { tenth },
        value: sum(
          claims.filter((row) => row.tenth === tenth),
          'expected',
        ),
      }));
    },
  );
}

const standing = ({ status, tier }: Counted): string => `${status} ${tier}`;

function standingSample(rows: readonly Counted[]): Sample<'status' | 'tier'> {
  const labels = { status: rows[0]?.status ?? '', tier: rows[0]?.tier ?? '' };
  return { labels, value: sum(rows, 'claims') };
}

function sum(rows: readonly Counted[], of: 'claims' | 'expected'): number {
  return rows.reduce((total, row) => total + row[of], 0);
}
