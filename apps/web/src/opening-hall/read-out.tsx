import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, type AnswerOf } from '../api/call.js';
import { MoneyText } from '../ui/money-text.js';
import { type HallOpening, type HallRecord, useReadPrices } from './use-hall-record.js';

interface Props {
  readonly tender: AnswerOf<'getTender'>;
  readonly opening: HallOpening;
  readonly record: HallRecord;
}

/** What is read out: aliases, names and prices as far as they may be known, and the original of each envelope. */
export function ReadOut({ tender, opening, record }: Props): ReactElement {
  const { t } = useTranslation();
  const { envelopeId, items } = opening;
  const isCommercial = envelopeId === 'commercial';
  const prices = useReadPrices(tender.tenderId, isCommercial);
  const names = new Map(record.bidders.map(({ alias, name }) => [alias, name]));
  const title = t(`hall.readOut.${envelopeId}`);
  const sorted = [...items].sort((a, b) => (a.alias < b.alias ? -1 : 1));
  return (
    <>
      <h3>{title}</h3>
      <div className="scroll" tabIndex={0} role="region" aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('opening.alias')}</th>
              <th scope="col">{t('opening.bidder')}</th>
              {isCommercial ? <th scope="col">{t('ranking.price')}</th> : null}
              <th scope="col">{t('opening.result')}</th>
              <th scope="col">{t('opening.file')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((item) => (
              <tr key={item.alias}>
                <th scope="row">{item.alias}</th>
                <td>{names.get(item.alias) ?? t('opening.notNamed')}</td>
                {isCommercial ? (
                  <td>
                    <Price price={prices?.get(item.alias)} isRead={prices !== undefined} tender={tender} />
                  </td>
                ) : null}
                <td>
                  {t(`opening.${item.result}`)}
                  {item.fault ? `（${t(`opening.fault.${item.fault}`)}）` : null}
                </td>
                <td>
                  <Original tenderId={tender.tenderId} envelopeId={envelopeId} item={item} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet">{t('hall.originalHint')}</p>
    </>
  );
}

function Price({
  price,
  isRead,
  tender: { currency },
}: {
  readonly price: string | undefined;
  readonly isRead: boolean;
  readonly tender: Props['tender'];
}): ReactElement {
  const { t } = useTranslation();
  if (price !== undefined) return <MoneyText amount={price} currency={currency} />;
  return <>{t(isRead ? 'hall.noPrice' : 'hall.reading')}</>;
}

/** An envelope whose bidder did not release the own key was never opened: there is nothing to download. */
function Original({
  tenderId,
  envelopeId,
  item: { alias, age, identity },
}: {
  readonly tenderId: string;
  readonly envelopeId: string;
  readonly item: HallOpening['items'][number];
}): ReactElement {
  const { t } = useTranslation();
  const digest = <code title={`SHA-256 ${age.sha256}`}>{age.sha256.slice(0, 12)}…</code>;
  if (identity === '') return digest;
  return (
    <>
      <a href={addressOf('readOpenedEnvelope', { tenderId, envelopeId, alias })} download>
        {t('hall.downloadOf', { alias })}
      </a>{' '}
      {digest}
    </>
  );
}
