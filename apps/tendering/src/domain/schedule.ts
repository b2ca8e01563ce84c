import { addDays, addMs, type Instant, isBefore } from '#kernel';
import type { Procedure } from '#contracts';
import type { Draft } from './tender.js';

/** The first deadline that a publication now allows: notice days are counted in full (招标投标法 art. 24). */
export const earliestDeadline = (procedure: Procedure, now: Instant): Instant =>
  addDays(now, procedure.noticeDaysMin);

/** Questions are taken until so many days before the deadline (招标投标法实施条例 art. 22). */
export const questionsUntil = (procedure: Procedure, deadlineAt: Instant): Instant =>
  addDays(deadlineAt, -procedure.questionsUntilDaysBefore);

const MINUTE_MS = 60_000;

/** Until when bodies of what came before the deadline may come. */
export const bodiesUntil = (
  { bodyGraceMinutes }: Pick<Procedure, 'bodyGraceMinutes'>,
  deadlineAt: Instant,
): Instant => addMs(deadlineAt, bodyGraceMinutes * MINUTE_MS);

/**
 * When the tender closes: until then bodies of what was committed before the deadline may come, and what a mailbox
 * that the tender names had before it.
 */
export const closesAt = (
  { bodyGraceMinutes }: Pick<Procedure, 'bodyGraceMinutes'>,
  { deadlineAt, mailbox }: Pick<Draft, 'deadlineAt' | 'mailbox'>,
): Instant => addMs(deadlineAt, Math.max(bodyGraceMinutes, mailbox?.graceMinutes ?? 0) * MINUTE_MS);

export const standstillEnd = (procedure: Procedure, now: Instant): Instant =>
  addDays(now, procedure.standstillDaysMin);

/** A deadline is reached at its very millisecond: what arrives then is late. */
export const isReached = (instant: Instant, now: Instant): boolean => !isBefore(now, instant);
