import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnvelopeId } from '#contracts';

export const formatBytes = (bytes: number): string =>
  bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;

/** The files of one envelope: added, listed, taken out again. */
export function EnvelopeFiles({
  envelopeId,
  files,
  onChange,
}: {
  readonly envelopeId: EnvelopeId;
  readonly files: readonly File[];
  readonly onChange: (files: readonly File[]) => void;
}): ReactElement {
  const { t } = useTranslation();
  const add = (chosen: FileList | null): void => {
    const added = [...(chosen ?? [])];
    const names = new Set(added.map(({ name }) => name));
    onChange([...files.filter(({ name }) => !names.has(name)), ...added]);
  };
  return (
    <div>
      <h3>{t(`envelopes.${envelopeId}`)}</h3>
      <label>
        {t(`bid.files.${envelopeId}`)}
        <input
          type="file"
          multiple
          onChange={(event) => {
            add(event.target.files);
            event.target.value = '';
          }}
        />
      </label>
      <ul>
        {files.map((file) => (
          <li key={file.name}>
            {file.name} <span className="quiet">{formatBytes(file.size)}</span>{' '}
            <button
              type="button"
              className="plain"
              onClick={() => onChange(files.filter((other) => other !== file))}
            >
              {t('bid.remove', { name: file.name })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
