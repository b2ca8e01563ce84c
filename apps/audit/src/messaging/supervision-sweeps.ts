import type { Sweep } from '#service';
import { followLedger } from '../use-cases/supervision/follow-ledger.js';
import type { SupervisionPorts } from '../use-cases/supervision/supervision-ports.js';
import { watchAlarms } from '../use-cases/supervision/watch-alarms.js';
import { writeExports } from '../use-cases/supervision/write-exports.js';

/** What supervision does without being asked. */
export const supervisionSweeps = (ports: SupervisionPorts, everyMs: number): Sweep[] => [
  { name: 'search-entries', everyMs, work: (_call, signal) => followLedger(ports.search, signal) },
  { name: 'watch-alarms', everyMs, work: (call, signal) => watchAlarms(ports, call, signal) },
  { name: 'write-exports', everyMs, work: (call, signal) => writeExports(ports, call, signal) },
];
