import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api/call.js';
import { useAnswer } from '../api/use-answer.js';
import { PriceDialogue, type PriceInQuestion } from '../public/price-dialogue.js';
import { PriceFlags } from '../public/price-flags.js';
import { Answered } from '../ui/answered.js';
import { AskAboutPrice } from './ask-about-price.js';
import { DecidePrice } from './decide-price.js';

type Tender = AnswerOf<'getTender'>;

const isDecided = ({ state }: PriceInQuestion): boolean => state === 'accepted' || state === 'rejected';

/** Prices that the method calls abnormally low, those that hold up the ranking first; nothing where there are none. */
export function PricesInQuestion({ tender }: { readonly tender: Tender }): ReactElement {
  const { t } = useTranslation();
  const prices = useAnswer('getAbnormalPrices', { tenderId: tender.tenderId });
  return (
    <Answered query={prices}>
      {({ items }) => {
        if (items.length === 0) return null;
        const waiting = items.filter((price) => !isDecided(price));
        return (
          <section className="card" aria-label={t('prices.title')}>
            <h2>{t('prices.title')}</h2>
            <p>{t(waiting.length > 0 ? 'prices.waits' : 'prices.decided')}</p>
            {[...waiting, ...items.filter(isDecided)].map((price) => (
              <OnePrice key={price.alias} tender={tender} price={price} />
            ))}
          </section>
        );
      }}
    </Answered>
  );
}

function OnePrice({
  tender: { tenderId, method },
  price,
}: {
  readonly tender: Tender;
  readonly price: PriceInQuestion;
}): ReactElement {
  const { t } = useTranslation();
  const { alias, state, flags } = price;
  const title = t('prices.bid', { alias });
  return (
    <section aria-label={title}>
      <h3>
        {title} <span className="stage">{t(`prices.state.${state}`)}</span>
      </h3>
      <PriceFlags flags={flags} method={method} />
      <PriceDialogue price={price} answerTitle={t('prices.answer')} />
      {state === 'flagged' ? <AskAboutPrice tenderId={tenderId} alias={alias} /> : null}
      {isDecided(price) ? null : <DecidePrice tenderId={tenderId} price={price} />}
    </section>
  );
}
