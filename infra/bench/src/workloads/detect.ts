import { detections, HEAP_MB, type SellerOf } from '../detect/detection-service.js';
import { fillSeller } from '../detect/seller-facts.js';
import { sqlPerKey } from '../detect/sql-per-key.js';
import type { BenchServers, Workload, WorkloadFile } from '../workload.js';

/** A detection over all orders of a seller, about four facts each. */
export const detect: WorkloadFile = async (bench) => [
  await detection(bench, { orders: 10_000, repetitions: 5 }),
  await detection(bench, { orders: 100_000, repetitions: 3 }),
];

/** As `detect`, of a million orders. */
export const detectMillion: WorkloadFile = async (bench) => [
  await detection(bench, { orders: 1_000_000, repetitions: 1 }),
];

async function detection(
  bench: BenchServers,
  { orders, repetitions }: { orders: number; repetitions: number },
): Promise<Workload> {
  const { adminUrl, urlOf } = await bench.database();
  const tenantId = await fillSeller(adminUrl, orders);
  const seller: SellerOf = { adminUrl, url: urlOf('recoup_detection_follow'), tenantId, orders };
  const count = orders.toLocaleString('en-US');
  return {
    name: `detect-${count}`,
    title: `orders a second of a detection over ${count} orders of four facts, from the job to the end`,
    limit: 'Postgres hands out every fact once, in the order of its keys, on the same cores',
    repetitions,
    contestants: [
      {
        name: 'recoup',
        setup: `the detection service as a process, all detectors, a heap of at most ${HEAP_MB} MB`,
        run: detections(seller),
      },
      {
        name: 'sql-per-key',
        setup:
          'two rules only (lost units, refunds without return), a prepared query for each key, one after the other',
        run: () => sqlPerKey(seller),
      },
    ],
  };
}
