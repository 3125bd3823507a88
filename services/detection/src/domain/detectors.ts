import type { Detector } from './detector.js';
import { damagedWarehouse } from './warehouse/damaged-warehouse.js';
import { lostWarehouse } from './warehouse/lost-warehouse.js';

/** Every detector that runs, in the order in which it is reported. A new one is a file, its tests, and a line here. */
export const detectors: readonly Detector[] = [lostWarehouse, damagedWarehouse];
