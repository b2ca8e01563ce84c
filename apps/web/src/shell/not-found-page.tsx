import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export function NotFoundPage(): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="card">
      <p>{t('state.notFound')}</p>
      <Link to="/">{t('state.toNotices')}</Link>
    </div>
  );
}
