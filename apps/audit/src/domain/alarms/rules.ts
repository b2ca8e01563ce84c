import type { AlarmRule } from './alarm-rule.js';
import { clockDifference } from './clock-difference.js';
import { deadlineMoved } from './deadline-moved.js';
import { expertConflict } from './expert-conflict.js';
import { farScores } from './far-scores.js';
import { fewBids } from './few-bids.js';
import { ledgerFault } from './ledger-fault.js';
import { longGrant } from './long-grant.js';
import { manyRefusals } from './many-refusals.js';
import { openingTime } from './opening-time.js';
import { unusualReads } from './unusual-reads.js';

/** Every rule of supervision. What other services find comes as `evt.audit.alarm-raised`. */
export const ALARM_RULES: readonly AlarmRule[] = [
  openingTime,
  longGrant,
  manyRefusals,
  unusualReads,
  deadlineMoved,
  fewBids,
  farScores,
  expertConflict,
  clockDifference,
  ledgerFault,
];
