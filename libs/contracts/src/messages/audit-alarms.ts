import { z } from 'zod';
import { command, event, query } from '../contract.js';
import { page, pageRequest, text } from './common.js';
import { instant, uuid } from './envelope.js';
import { names } from './audit-supervision.js';

/** From what somebody should know to what nobody may leave lying. */
export const ALARM_SEVERITIES = ['info', 'warning', 'critical'] as const;
export const alarmSeverity = z.enum(ALARM_SEVERITIES);
export type AlarmSeverity = z.infer<typeof alarmSeverity>;
export const alarmState = z.enum(['open', 'acknowledged', 'closed']);
export type AlarmState = z.infer<typeof alarmState>;

/** Kebab-case of two words or more, after what it is about: `ledger-gap`. */
const rule = z
  .string()
  .max(64)
  .regex(/^[a-z]+(?:-[a-z]+)+$/);

/** Entered in the open: evidence holds nothing that must not be known yet, above all no number of a sealed act. */
export const alarmRaised = event('audit', 'alarm-raised', {
  summary: 'A rule of supervision found something that somebody should look at',
  data: z.object({
    rule,
    severity: alarmSeverity,
    /** What was found: indices of entries under `entries` where there are any, and values. */
    evidence: z.record(z.string(), z.unknown()),
    tenderId: uuid.nullable().optional(),
    /** Set where the alarm is kept already; else its id is the event's. */
    alarmId: uuid.optional(),
  }),
});

export const alarmHandled = event('audit', 'alarm-handled', {
  summary: 'A supervisor acknowledged or closed an alarm, with the reason',
  data: z.object({ alarmId: uuid, rule, from: alarmState, to: alarmState, reason: z.string() }),
});

export const alarm = z.object({
  alarmId: uuid,
  rule,
  severity: alarmSeverity,
  state: alarmState,
  tenderId: uuid.nullable(),
  tenderTitle: z.object({ zh: z.string(), en: z.string() }).nullable(),
  regionCode: z.string().nullable(),
  raisedAt: instant,
  evidence: z.record(z.string(), z.unknown()),
  /** Who did what with it, oldest first. */
  handling: z.array(
    z.object({
      personId: uuid,
      name: z.string().nullable(),
      at: instant,
      to: alarmState,
      reason: z.string(),
    }),
  ),
});
export type Alarm = z.infer<typeof alarm>;

const counts = z.object({
  open: z.number().int(),
  acknowledged: z.number().int(),
  closed: z.number().int(),
  /** Of those that are open. */
  bySeverity: z.object({ info: z.number().int(), warning: z.number().int(), critical: z.number().int() }),
});

export const listAlarms = query('audit', 'list-alarms', {
  summary: 'Alarms, newest first, with how many there are in each state',
  access: ['supervisor'],
  /** Alarms are public in the ledger. */
  reads: 'own',
  http: { method: 'GET', path: '/api/v1/supervision/alarms' },
  request: z.strictObject({
    state: alarmState.optional(),
    severity: alarmSeverity.optional(),
    rule: rule.optional(),
    tenderId: uuid.optional(),
    ...pageRequest,
  }),
  /** `counts` are of the whole scope, whatever is filtered. */
  response: page(alarm).extend({ counts, names }),
});

export const getAlarm = query('audit', 'get-alarm', {
  summary: 'One alarm with its evidence and what was done with it',
  access: ['supervisor'],
  reads: 'own',
  http: { method: 'GET', path: '/api/v1/supervision/alarms/:alarmId' },
  request: z.strictObject({ alarmId: uuid }),
  response: alarm.extend({ names }),
  errors: ['alarm.unknown'],
});

export const handleAlarm = command('audit', 'handle-alarm', {
  summary: 'A supervisor acknowledges or closes an alarm, with the reason',
  access: ['supervisor'],
  enters: ['alarm-handled'],
  http: { method: 'POST', path: '/api/v1/supervision/alarms/:alarmId/handling' },
  request: z.strictObject({ alarmId: uuid, to: z.enum(['acknowledged', 'closed']), reason: text(1_000) }),
  response: alarm,
  errors: ['alarm.unknown', 'alarm.wrong-state'],
});
