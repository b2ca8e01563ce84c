import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useAnswer } from '../api/use-answer.js';
import { useCommand } from '../api/use-command.js';
import { useLiveTender } from '../api/use-live-tender.js';
import { IdentityGate } from '../identity/identity-gate.js';
import { hasLeftTheWay, hasReached } from '../public/has-reached.js';
import { Answered } from '../ui/answered.js';
import { Countdown } from '../ui/countdown.js';
import { Refusal } from '../ui/refusal.js';
import { BidDesk } from './bid-desk.js';
import { OwnActs } from './own-acts.js';
import { OwnExplanation } from './own-explanation.js';
import { PriceAnswer } from './price-answer.js';

/** A bidder’s whole work in one tender: take part, seal and submit, replace, take back, keep the receipts. */
export function BidPage(): ReactElement {
  const { tenderId = '' } = useParams();
  const { t, i18n } = useTranslation();
  const tender = useAnswer('getTender', { tenderId });
  const own = useAnswer('getOwnBid', { tenderId });
  useLiveTender(tenderId);
  return (
    <Answered query={tender}>
      {(it) => (
        <>
          <h1>
            {t('bid.title')}：
            <Link to={`/tenders/${tenderId}`}>{i18n.language === 'en' ? it.title.en : it.title.zh}</Link>
          </h1>
          <p>
            <Countdown until={it.deadlineAt} />
          </p>
          {hasReached(it, 'commercial-opened') ? <PriceAnswer tender={it} /> : null}
          {own.data?.alias && (hasReached(it, 'scores-locked') || hasLeftTheWay(it)) ? (
            <OwnExplanation tenderId={tenderId} alias={own.data.alias} />
          ) : null}
          <Answered query={own}>
            {(bid) =>
              bid.joinedAt === null ? (
                <Join tenderId={tenderId} />
              ) : (
                <IdentityGate>
                  {(identity) => (
                    <>
                      <OwnActs tenderId={tenderId} own={bid} identity={identity} />
                      {it.stage === 'published' ? (
                        <BidDesk key={bid.acts.length} tender={it} own={bid} identity={identity} />
                      ) : null}
                    </>
                  )}
                </IdentityGate>
              )
            }
          </Answered>
        </>
      )}
    </Answered>
  );
}

function Join({ tenderId }: { readonly tenderId: string }): ReactElement {
  const { t } = useTranslation();
  const join = useCommand('joinTender');
  return (
    <section className="card narrow">
      <h2>{t('bid.join')}</h2>
      <p>{t('bid.joinHidden')}</p>
      {join.error ? <Refusal error={join.error} /> : null}
      <button
        type="button"
        className="primary"
        disabled={join.isPending}
        onClick={() => join.mutate({ tenderId })}
      >
        {t('bid.join')}
      </button>
    </section>
  );
}
