/** Thresholds of the rules; times in the unit that the name ends with, exact numbers as text. */
export interface AlarmSettings {
  /** An opening this much after the close is late. */
  readonly alarmOpeningLateMinutes: number;
  /** The longest grant of power that is not unusual. */
  readonly alarmGrantDaysMax: number;
  /** Refusals of one person or organisation within the window that are not unusual. */
  readonly alarmRefusalsMax: number;
  readonly alarmRefusalsWindowMinutes: number;
  /** Confidential reads of one person within the window that are not unusual. */
  readonly alarmReadsMax: number;
  readonly alarmReadsWindowMinutes: number;
  /** Hours of the night, and how far the centre's time is ahead of UTC. */
  readonly alarmNightFromHour: number;
  readonly alarmNightToHour: number;
  readonly alarmUtcOffsetMinutes: number;
  /** A deadline that moves within this time before it is noticed. */
  readonly alarmDeadlineHours: number;
  /** A mark so many interquartile ranges beyond the panel's quartiles is far. */
  readonly alarmScoreFenceTimes: string;
  /** Points that a mark must be beyond the fence at least. */
  readonly alarmScorePointsMin: string;
  /** With fewer experts quartiles say nothing. */
  readonly alarmScoreExpertsMin: number;
  /** How far a producer's times may go back, or be ahead of the ledger's. */
  readonly alarmClockSeconds: number;
  /** How long an act may take until it is entered. */
  readonly alarmEnteredSeconds: number;
}
