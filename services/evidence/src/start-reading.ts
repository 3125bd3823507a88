import { openStorage } from '@recoup/storage';
import type { Service } from '@recoup/service-kit';
import { documentKeys, openDocumentVault } from '@recoup/vault';
import { clamdScan, noScan, type MalwareScan } from './adapters/malware-scan.js';
import type { EvidenceSettings } from './config.js';
import { forgetDue } from './forget-due.js';
import { readDue } from './read-due.js';
import { workLoop } from './work-loop.js';

const IDLE_MS = 250;

/** A scan of the largest file takes seconds. */
const LONGEST_SCAN_MS = 30_000;

/** Starts what reads and forgets the files of sellers, where a storage is set up. */
export function startReading(service: Service, settings: EvidenceSettings): void {
  const { pool, store, clock, log, signal } = service;
  const files = openStorage(settings);
  const keys = documentKeys(settings);
  if (!files || !keys) {
    log.warn('no STORAGE_URL: documents of sellers are neither taken nor read');
    return;
  }
  const vault = openDocumentVault({ db: pool, keys });
  const onError = (error: unknown): void => log.warn({ err: error }, 'worker interrupted');
  const loop = { signal, idleMs: IDLE_MS, onError };
  const work = { pool, clock, log, files };
  const reading = { ...work, store, vault, scan: scanOf(settings) };
  service.run('reading', workLoop({ ...loop, step: () => readDue(reading) }));
  service.run('forgetting', workLoop({ ...loop, step: () => forgetDue(work) }));
}

function scanOf({ MALWARE_SCAN_URL: url }: EvidenceSettings): MalwareScan {
  if (url === undefined) return noScan;
  const { hostname, port } = new URL(url);
  return clamdScan({
    host: hostname,
    port: Number(port || CLAMD_PORT),
    timeoutMs: LONGEST_SCAN_MS,
  });
}

/** Where clamd listens by default. */
const CLAMD_PORT = 3310;
