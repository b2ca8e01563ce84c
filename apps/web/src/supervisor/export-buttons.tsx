import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, call, type InputOf } from '../api/call.js';
import { useCommand } from '../api/use-command.js';
import { Refusal } from '../ui/refusal.js';

type Wanted = Omit<InputOf<'requestExport'>, 'format' | 'language'>;
const FORMATS = ['xlsx', 'pdf'] as const;
const LOOK_EVERY_MS = 1_000;

/** Orders what is shown as a file, says how far it is and hands it out with its hash. */
export function ExportButtons({ wanted }: { readonly wanted: Wanted }): ReactElement {
  const { t, i18n } = useTranslation();
  const order = useCommand('requestExport');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <section aria-label={t('exports.title')}>
      <div className="places">
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            disabled={order.isPending}
            onClick={() => order.mutate({ ...wanted, format, language })}
          >
            {t(`exports.${format}`)}
          </button>
        ))}
      </div>
      {order.error ? <Refusal error={order.error} /> : null}
      {order.data ? <Ordered key={order.data.exportId} exportId={order.data.exportId} /> : null}
    </section>
  );
}

function Ordered({ exportId }: { readonly exportId: string }): ReactElement {
  const { t } = useTranslation();
  const made = useQuery({
    queryKey: ['getExport', exportId],
    queryFn: ({ signal }) => call('getExport', { exportId }, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? LOOK_EVERY_MS : false),
  });
  if (made.error) return <Refusal error={made.error} onRetry={() => void made.refetch()} />;
  if (made.data?.state === 'failed') {
    return (
      <p className="bad" role="alert">
        {t('exports.failed', { code: made.data.code })}
      </p>
    );
  }
  if (!made.data?.file) {
    return (
      <p role="status">
        {t('exports.waiting')} <progress aria-label={t('exports.waiting')} />
      </p>
    );
  }
  const { fileName, file } = made.data;
  return (
    <p role="status">
      <a href={addressOf('readExport', { exportId })} download={fileName}>
        {t('exports.download', { name: fileName, rows: file.rows })}
      </a>{' '}
      <code>SHA-256 {file.sha256}</code>
    </p>
  );
}
