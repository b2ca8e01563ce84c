import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api/call.js';
import { addressOf } from '../api/call.js';
import { useAnswer } from '../api/use-answer.js';
import { Answered } from '../ui/answered.js';
import { InstantText } from '../ui/instant-text.js';

type Record_ = AnswerOf<'getOpeningRecord'>;
type Opening = Record_['openings'][number];

/** Who opened what and when, with the result of each envelope; names once they may be known. */
export function OpeningRecord({ tenderId }: { readonly tenderId: string }): ReactElement {
  const { t } = useTranslation();
  const record = useAnswer('getOpeningRecord', { tenderId });
  return (
    <section className="card">
      <h2>{t('tender.openRecord')}</h2>
      <Answered query={record}>
        {({ close, openings, bidders, leftSealed }) => {
          const names = new Map(bidders.map(({ alias, name }) => [alias, name]));
          return (
            <>
              {close ? (
                <p>
                  {t('opening.closed', { count: close.count })} <InstantText instant={close.closedAt} />
                </p>
              ) : null}
              {openings.map((opening) => (
                <OneOpening key={opening.envelopeId} tenderId={tenderId} opening={opening} names={names} />
              ))}
              {leftSealed.length > 0 ? (
                <p>
                  {t('opening.leftSealed')} {leftSealed.map(({ alias }) => alias).join('、')}
                </p>
              ) : null}
            </>
          );
        }}
      </Answered>
    </section>
  );
}

function OneOpening({
  tenderId,
  opening,
  names,
}: {
  readonly tenderId: string;
  readonly opening: Opening;
  readonly names: ReadonlyMap<string, string>;
}): ReactElement {
  const { t } = useTranslation();
  const { envelopeId, stage, trusteesPresent, quorum, openedAt, items, objections } = opening;
  return (
    <section>
      <h3>{t(`envelopes.${envelopeId}`)}</h3>
      <p>
        {t(`openingStages.${stage}`)} · {t('opening.trustees', { present: trusteesPresent.length, quorum })}
        {openedAt ? (
          <>
            {' · '}
            <InstantText instant={openedAt} />
          </>
        ) : null}
      </p>
      {items.length > 0 ? (
        <div className="scroll" tabIndex={0} role="region" aria-label={t(`envelopes.${envelopeId}`)}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('opening.alias')}</th>
                <th scope="col">{t('opening.bidder')}</th>
                <th scope="col">{t('opening.result')}</th>
                <th scope="col">{t('opening.file')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ alias, result, fault, age }) => (
                <tr key={alias}>
                  <th scope="row">{alias}</th>
                  <td>{names.get(alias) ?? t('opening.notNamed')}</td>
                  <td>
                    {t(`opening.${result}`)}
                    {fault ? `（${t(`opening.fault.${fault}`)}）` : null}
                  </td>
                  <td>
                    <a href={addressOf('readOpenedEnvelope', { tenderId, envelopeId, alias })} download>
                      {t('opening.download')}
                    </a>{' '}
                    <code title={`SHA-256 ${age.sha256}`}>{age.sha256.slice(0, 12)}…</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {objections.length > 0 ? (
        <ul>
          {objections.map(({ at, text, by }) => (
            <li key={at + text}>
              {t(`opening.objectionBy.${by}`)} <InstantText instant={at} />：{text}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
