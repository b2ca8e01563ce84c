import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../api/use-answer.js';
import { Answered } from '../ui/answered.js';

/** The ledger as it is now: its name, its key and its root. */
export function LedgerFacts(): ReactElement {
  const { t } = useTranslation();
  const ledger = useAnswer('getLedgerIdentity', {});
  return (
    <section>
      <h2>{t('ledger.title')}</h2>
      <Answered query={ledger}>
        {({ origin, verifierKey, size, root }) => (
          <dl className="facts card">
            {(
              [
                ['origin', origin],
                ['key', verifierKey],
                ['size', String(size)],
                ['root', root],
              ] as const
            ).map(([name, value]) => (
              <div key={name}>
                <dt>{t(`ledger.${name}`)}</dt>
                <dd>
                  <code>{value}</code>
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Answered>
    </section>
  );
}
