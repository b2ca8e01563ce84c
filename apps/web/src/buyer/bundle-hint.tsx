import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** How to take everything public about the tender home and check it without the platform. */
export function BundleHint({ tenderId }: { readonly tenderId: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <section className="card" aria-label={t('desk.bundle')}>
      <h2>{t('desk.bundle')}</h2>
      <p>{t('desk.bundleHint')}</p>
      <pre className="code" tabIndex={0}>
        {`sunseal bundle ${location.origin} ${tenderId} ./bundle\nsunseal verify ./bundle`}
      </pre>
    </section>
  );
}
