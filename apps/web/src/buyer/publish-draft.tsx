import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api/call.js';
import { useAll } from '../api/use-all.js';
import { useCommand } from '../api/use-command.js';
import { TenderDocuments } from '../public/tender-documents.js';
import { TenderFacts } from '../public/tender-facts.js';
import { Refusal } from '../ui/refusal.js';
import { Rehearsal } from './rehearsal.js';

/** Who has handed in a key, the notice as it will stand, and the act after which nothing can be changed. */
export function PublishDraft({ tender }: { readonly tender: AnswerOf<'getTender'> }): ReactElement {
  const { t } = useTranslation();
  const { tenderId, trustees, clauses, method } = tender;
  const publish = useCommand('publishTender');
  const [isRead, setRead] = useState(false);
  const missing = trustees.filter(({ statementReceived }) => !statementReceived).length;
  return (
    <>
      <section className="card" aria-label={t('desk.keys')}>
        <h2>{t('desk.keys')}</h2>
        <Committee trustees={trustees} />
        <p>{missing > 0 ? t('desk.keysMissing', { count: missing }) : t('desk.keysComplete')}</p>
        {missing === 0 ? <Rehearsal tenderId={tenderId} /> : null}
      </section>
      <section className="card" aria-label={t('desk.preview')}>
        <h2>{t('desk.preview')}</h2>
        <p className="quiet">{t('desk.previewHint')}</p>
        <TenderFacts tender={tender} />
        <TenderDocuments tender={tender} />
        {clauses.map(({ id, title, text }) => (
          <section key={id}>
            <h3>{title}</h3>
            <p>{text}</p>
          </section>
        ))}
        <details>
          <summary>{t('desk.methodAsData')}</summary>
          <pre className="code" tabIndex={0}>
            {JSON.stringify(method, null, 2)}
          </pre>
        </details>
        <label className="inline">
          <input type="checkbox" checked={isRead} onChange={(e) => setRead(e.target.checked)} />{' '}
          {t('desk.confirmPublish')}
        </label>
        {publish.error ? <Refusal error={publish.error} /> : null}
        <button
          type="button"
          className="primary"
          disabled={!isRead || publish.isPending}
          onClick={() => publish.mutate({ tenderId })}
        >
          {t('desk.publish')}
        </button>
      </section>
    </>
  );
}

function Committee({ trustees }: { readonly trustees: AnswerOf<'getTender'>['trustees'] }): ReactElement {
  const { t } = useTranslation();
  const people = useAll('listPeople', { role: 'trustee' });
  const nameOf = (id: string): string =>
    people.data?.items.find(({ personId }) => personId === id)?.name ?? id;
  return (
    <ul className="checklist">
      {trustees.map(({ personId, statementReceived }) => (
        <li key={personId} className={statementReceived ? 'holds' : 'lacks'}>
          <span aria-hidden="true">{statementReceived ? '✓' : '○'}</span> {nameOf(personId)}{' '}
          {t(statementReceived ? 'desk.keyIn' : 'desk.keyAwaited')}
        </li>
      ))}
    </ul>
  );
}
