import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stage } from '#contracts';

export function StageMark({ stage }: { readonly stage: Stage }): ReactElement {
  const { t } = useTranslation();
  return <span className={`stage stage-${stage}`}>{t(`stages.${stage}`)}</span>;
}
