import { z } from 'zod';
import { event } from '../contract.js';
import { uuid } from './envelope.js';

/** From what somebody should know to what nobody may leave lying. */
export const ALARM_SEVERITIES = ['info', 'warning', 'critical'] as const;

/** Entered in the open: evidence holds nothing that must not be known yet, above all no number of a sealed act. */
export const alarmRaised = event('audit', 'alarm-raised', {
  summary: 'Something is not as it must be: which rule, how grave, and what shows it',
  data: z.object({
    /** Kebab-case, after what it is about: `ledger-gap`. */
    rule: z.string().min(1).max(64),
    severity: z.enum(ALARM_SEVERITIES),
    evidence: z.record(z.string(), z.unknown()),
    tenderId: uuid.optional(),
  }),
});
