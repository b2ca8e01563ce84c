import { way } from 'virtual:contract-routes';
import type { Way } from '#contracts';
import type { AnswerOf } from '../api/call.js';

type Standing = Pick<AnswerOf<'getTender'>, 'stage' | 'suspension'>;

/** Where a tender stands on its way, also while it is suspended; -1 where it has left the way. */
const placeOf = ({ stage, suspension }: Standing): number =>
  (way as readonly string[]).indexOf(suspension?.stage ?? stage);

/** Whether a tender stands at a stage of the way or beyond it. One that failed or was cancelled stands at none. */
export const hasReached = (tender: Standing, wanted: Way[number]): boolean =>
  placeOf(tender) >= way.indexOf(wanted);

export const hasLeftTheWay = (tender: Standing): boolean => placeOf(tender) < 0;
