import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../api/use-answer.js';
import { Answered } from '../ui/answered.js';
import { InstantText } from '../ui/instant-text.js';

export function TenderQuestions({ tenderId }: { readonly tenderId: string }): ReactElement {
  const { t } = useTranslation();
  const questions = useAnswer('listQuestions', { tenderId });
  return (
    <section className="card">
      <h2>{t('tender.questions')}</h2>
      <Answered query={questions}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="empty">{t('tender.noQuestions')}</p>
          ) : (
            <dl className="questions">
              {items.map(({ questionId, question, answer, answeredAt }) => (
                <div key={questionId}>
                  <dt>{question}</dt>
                  <dd>
                    {answer} {answeredAt ? <InstantText instant={answeredAt} /> : null}
                  </dd>
                </div>
              ))}
            </dl>
          )
        }
      </Answered>
    </section>
  );
}
