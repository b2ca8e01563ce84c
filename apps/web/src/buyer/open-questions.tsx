import { type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api/call.js';
import { type ItemOf, useAll } from '../api/use-all.js';
import { useCommand } from '../api/use-command.js';
import { Answered } from '../ui/answered.js';
import { InstantText } from '../ui/instant-text.js';
import { Refusal } from '../ui/refusal.js';

/** Questions, those without an answer first. Nobody here knows who asked; an answer is everybody’s at once. */
export function OpenQuestions({ tender }: { readonly tender: AnswerOf<'getTender'> }): ReactElement {
  const { t } = useTranslation();
  const { tenderId, stage } = tender;
  const questions = useAll('listQuestions', { tenderId });
  return (
    <section className="card" aria-label={t('tender.questions')}>
      <h2>{t('tender.questions')}</h2>
      <Answered query={questions}>
        {({ items }) => {
          const open = items.filter(({ answer }) => answer === null);
          const done = items.filter(({ answer }) => answer !== null);
          return (
            <>
              <p>{t('desk.openQuestions', { count: open.length })}</p>
              {open.map((question) => (
                <Question
                  key={question.questionId}
                  tenderId={tenderId}
                  question={question}
                  mayAnswer={stage === 'published'}
                />
              ))}
              <dl className="questions">
                {done.map(({ questionId, question, answer, answeredAt }) => (
                  <div key={questionId}>
                    <dt>{question}</dt>
                    <dd>
                      {answer} {answeredAt ? <InstantText instant={answeredAt} /> : null}
                    </dd>
                  </div>
                ))}
              </dl>
            </>
          );
        }}
      </Answered>
    </section>
  );
}

function Question({
  tenderId,
  question: { questionId, question, askedAt },
  mayAnswer,
}: {
  readonly tenderId: string;
  readonly question: ItemOf<'listQuestions'>;
  readonly mayAnswer: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const answer = useCommand('answerQuestion');
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('answer'));
    answer.mutate({ tenderId, questionId, answer: text });
  };
  return (
    <form onSubmit={submit}>
      <p>
        {question}{' '}
        <span className="quiet">
          <InstantText instant={askedAt} />
        </span>
      </p>
      {mayAnswer ? (
        <>
          <label>
            {t('desk.answer')}
            <textarea name="answer" rows={3} maxLength={4_000} required />
          </label>
          <button type="submit" className="primary" disabled={answer.isPending}>
            {t('desk.sendAnswer')}
          </button>
        </>
      ) : null}
      {answer.error ? <Refusal error={answer.error} /> : null}
    </form>
  );
}
