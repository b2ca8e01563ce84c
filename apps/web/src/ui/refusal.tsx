import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/problem.js';

/** A refusal in the reader's words: why, what can be done, and the id under which the platform's log knows it. */
export function Refusal({
  error,
  onRetry,
}: {
  readonly error: Error;
  readonly onRetry?: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const problem = isProblem(error) ? error : undefined;
  const known = problem ? t(problem.code, { ns: 'problems', keySeparator: false, defaultValue: '' }) : '';
  return (
    <div className="refusal" role="alert">
      <p>{known === '' ? (problem?.detail ?? error.message) : known}</p>
      {known !== '' && problem && problem.status !== 0 ? <p className="quiet">{problem.detail}</p> : null}
      {problem?.correlationId ? (
        <p className="quiet">{t('state.correlation', { id: problem.correlationId })}</p>
      ) : null}
      {onRetry ? (
        <button type="button" onClick={onRetry}>
          {t('state.retry')}
        </button>
      ) : null}
    </div>
  );
}
