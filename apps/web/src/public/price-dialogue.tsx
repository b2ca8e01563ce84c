import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api/call.js';
import { Countdown } from '../ui/countdown.js';
import { InstantText } from '../ui/instant-text.js';

export type PriceInQuestion = AnswerOf<'getAbnormalPrices'>['items'][number];

/** What was asked, answered and decided about one price so far, for those who may read it. */
export function PriceDialogue({
  price: { state, question, answerUntil, answer, reason, decidedAt },
  answerTitle,
}: {
  readonly price: PriceInQuestion;
  readonly answerTitle: string;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {question ? (
        <>
          <h4>{t('prices.question')}</h4>
          <p className="said">{question.text}</p>
          <p className="quiet">
            <InstantText instant={question.at} />
          </p>
        </>
      ) : null}
      {answerUntil && state === 'asked' ? (
        <p>
          {t('prices.answerUntil')}
          <InstantText instant={answerUntil} />{' '}
          <Countdown until={answerUntil} left="prices.answerLeft" over="prices.answerOver" />
        </p>
      ) : null}
      {answer ? (
        <>
          <h4>{answerTitle}</h4>
          <p className="said">{answer.text}</p>
          <p className="quiet">
            <InstantText instant={answer.at} />
          </p>
        </>
      ) : null}
      {reason ? (
        <p>
          {t('prices.decidedWhy')}
          {reason}
        </p>
      ) : null}
      {decidedAt ? (
        <p className="quiet">
          {t('prices.decidedAt')}
          <InstantText instant={decidedAt} />
        </p>
      ) : null}
    </>
  );
}
