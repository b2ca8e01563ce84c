import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** The region's zone: instants are UTC in the record and shown as the centre's clocks show them. */
const ZONE = 'Asia/Shanghai';

export function formatInstant(instant: string, language: string): string {
  return new Intl.DateTimeFormat(language, {
    timeZone: ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  }).format(new Date(instant));
}

export function InstantText({ instant }: { readonly instant: string }): ReactElement {
  const { i18n } = useTranslation();
  return <time dateTime={instant}>{formatInstant(instant, i18n.language)}</time>;
}
