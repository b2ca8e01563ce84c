import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** What a rule is about; a rule that this portal does not know yet by its own name. */
export function RuleName({ rule }: { readonly rule: string }): ReactElement {
  const { t } = useTranslation();
  return <>{t(`alarms.rules.${rule}`, { defaultValue: rule })}</>;
}
