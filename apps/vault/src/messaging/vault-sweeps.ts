import type { Log, Sweep } from '#service';
import { destroyDue } from '../use-cases/keeping/destroy-envelopes.js';
import { scrubEnvelopes } from '../use-cases/keeping/scrub-envelopes.js';
import { sweepWaiting } from '../use-cases/keeping/sweep-waiting.js';
import { revealEnded } from '../use-cases/end-tender.js';
import { combineAll } from '../use-cases/opening/open-combine.js';
import { passTime } from '../use-cases/opening/open-session.js';
import type { VaultPorts } from '../use-cases/vault-ports.js';

const LOOK_EVERY_MS = 200;
const FIRST_SCRUB_AFTER_MS = 10 * 60_000;
const FIRST_WAITING_AFTER_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;

/**
 * What the vault does because time passes: openings whose time is over, envelopes to be opened, acts to be shown,
 * envelopes to be destroyed, every so many hours all stored envelopes read again, and every hour bodies removed that
 * were never accepted.
 */
export const vaultSweeps = (ports: VaultPorts, log: Log, scrubHours: number): readonly Sweep[] => [
  { name: 'pass-opening-time', everyMs: LOOK_EVERY_MS, work: (call) => passTime(ports, call) },
  {
    name: 'combine-openings',
    everyMs: LOOK_EVERY_MS,
    work: (call, signal) => combineAll(ports, call, signal),
  },
  { name: 'reveal-ended-tenders', everyMs: LOOK_EVERY_MS, work: (call) => revealEnded(ports, call) },
  { name: 'destroy-envelopes', everyMs: LOOK_EVERY_MS, work: (call) => destroyDue(ports, call) },
  {
    name: 'scrub-envelopes',
    everyMs: scrubHours * HOUR_MS,
    firstAfterMs: FIRST_SCRUB_AFTER_MS,
    work: (call, signal) => scrubEnvelopes(ports, call, { log, signal }),
  },
  {
    name: 'remove-waiting-bodies',
    everyMs: HOUR_MS,
    firstAfterMs: FIRST_WAITING_AFTER_MS,
    work: async (_call, signal) => {
      const removed = await sweepWaiting(ports, signal);
      if (removed > 0) log.info({ removed }, 'bodies that were never accepted are removed');
    },
  },
];
