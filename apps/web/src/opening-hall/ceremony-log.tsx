import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { InstantText } from '../ui/instant-text.js';
import type { CeremonyLine } from './ceremony.js';

/** Every step as it was told, the latest first. */
export function CeremonyLog({ lines }: { readonly lines: readonly CeremonyLine[] }): ReactElement | null {
  const { t } = useTranslation();
  if (lines.length === 0) return null;
  return (
    <details>
      <summary>{t('hall.logTitle', { count: lines.length })}</summary>
      <ol reversed>
        {lines.toReversed().map(({ id, at, name, data }) => (
          <li key={id}>
            <InstantText instant={at} /> {t(`hall.log.${name}`, data)}
          </li>
        ))}
      </ol>
    </details>
  );
}
