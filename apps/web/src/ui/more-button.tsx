import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

type Pages = Pick<UseInfiniteQueryResult, 'hasNextPage' | 'fetchNextPage' | 'isFetching'>;

/** Fetches the next page of a list, where there is one. */
export function MoreButton({ pages }: { readonly pages: Pages }): ReactElement | null {
  const { t } = useTranslation();
  if (!pages.hasNextPage) return null;
  return (
    <button type="button" onClick={() => void pages.fetchNextPage()} disabled={pages.isFetching}>
      {t('state.more')}
    </button>
  );
}
