import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from './refusal.js';

/** Shows what a query answered; until then that it is being read, or why it was refused. */
export function Answered<Data>({
  query,
  children,
}: {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}): ReactElement {
  const { t } = useTranslation();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Refusal error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <p className="quiet" role="status">
      {t('state.loading')}
    </p>
  );
}
