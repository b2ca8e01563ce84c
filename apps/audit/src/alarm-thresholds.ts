import { z } from 'zod';

const whole = (min: number, max: number, preset: number, what: string) =>
  z.coerce.number().int().min(min).max(max).default(preset).describe(what);
const exact = (preset: string, what: string) =>
  z
    .string()
    .regex(/^(?:0|[1-9]\d{0,5})(?:\.\d{1,6})?$/)
    .default(preset)
    .describe(what);

/** When the rules of supervision raise an alarm. */
export const alarmThresholds = {
  alarmOpeningLateMinutes: whole(1, 43_200, 1_440, 'minutes after the close from which an opening is late'),
  alarmGrantDaysMax: whole(1, 3_650, 400, 'days that power may be granted for without an alarm'),
  alarmRefusalsMax: whole(1, 500, 20, 'refusals of one person or organisation in a window without an alarm'),
  alarmRefusalsWindowMinutes: whole(1, 1_440, 60, 'that window'),
  alarmReadsMax: whole(1, 500, 100, 'confidential reads of one person in a window without an alarm'),
  alarmReadsWindowMinutes: whole(1, 1_440, 60, 'that window'),
  alarmNightFromHour: whole(0, 23, 22, 'hour of the centre at which the night begins'),
  alarmNightToHour: whole(0, 23, 6, 'hour of the centre at which it ends'),
  alarmUtcOffsetMinutes: whole(-720, 840, 480, 'minutes that the centre is ahead of UTC'),
  alarmDeadlineHours: whole(1, 720, 72, 'hours before a deadline in which moving it raises an alarm'),
  alarmScoreFenceTimes: exact('1.5', 'interquartile ranges beyond the quartiles at which a mark is far'),
  alarmScorePointsMin: exact('2', 'points beyond the quartiles that are let pass in any case'),
  alarmScoreExpertsMin: whole(4, 15, 5, 'experts without whom quartiles are not computed'),
  alarmClockSeconds: whole(1, 86_400, 30, 'seconds that a service’s times may go back or be ahead'),
  alarmEnteredSeconds: whole(10, 604_800, 600, 'seconds that an act may take until it is entered'),
};
