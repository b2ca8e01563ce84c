import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlatformTime } from '../api/platform-time.js';
import { leftParts } from './left-parts.js';

/** Time until an instant, the deadline unless other texts are given, by the platform's clock, never the browser's. */
export function Countdown({
  until,
  left = 'time.left',
  over = 'time.over',
}: {
  readonly until: string;
  /** Keys of the texts for the time that is left and for its end. */
  readonly left?: string;
  readonly over?: string;
}): ReactElement | null {
  const { t } = useTranslation();
  const time = usePlatformTime();
  if (!time) return null;
  const leftMs = Date.parse(until) - time.nowMs;
  if (leftMs <= 0) return <span className="countdown is-over">{t(over)}</span>;
  const text = leftParts(leftMs)
    .map(({ unit, count }) => t(`time.${unit}`, { count }))
    .join(' ');
  return (
    <span className="countdown" role="timer">
      {t(left, { text })}
    </span>
  );
}
