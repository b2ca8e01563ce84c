import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api/call.js';
import { isProblem } from '../api/problem.js';
import { useAnswer } from '../api/use-answer.js';
import { Answered } from '../ui/answered.js';

type Report = AnswerOf<'getRobustness'>;

/** Whether a small change would make another bid first: in a sentence, and every variation in a table. */
export function Robustness({ tenderId }: { readonly tenderId: string }): ReactElement {
  const { t } = useTranslation();
  const report = useAnswer('getRobustness', { tenderId });
  const isBeingMade = isProblem(report.error) && report.error.code === 'report.not-yet';
  return (
    <section className="card" aria-label={t('robustness.title')}>
      <h2>{t('robustness.title')}</h2>
      {isBeingMade ? (
        <p className="quiet" role="status">
          {t('robustness.notYet')}
        </p>
      ) : (
        <Answered query={report}>{(data) => <Told report={data} />}</Answered>
      )}
    </section>
  );
}

function Told({ report: { winner, variations, sensitive } }: { readonly report: Report }): ReactElement {
  const { t } = useTranslation();
  const experts = variations.filter(({ change }) => change === 'without-expert');
  // Experts have no names here: they are counted, and the id can be looked at.
  const called = (variation: Report['variations'][number]): string =>
    variation.change === 'without-expert' ? String(experts.indexOf(variation) + 1) : variation.subject;
  const nobody = t('robustness.nobody');
  const told = { winner: winner ?? nobody, tried: variations.length, count: sensitive.length };
  return (
    <>
      <p>{t(sensitive.length === 0 ? 'robustness.firm' : 'robustness.sensitive', told)}</p>
      <p className="quiet">{t('robustness.hint')}</p>
      <details open={sensitive.length > 0}>
        <summary>{t('robustness.all')}</summary>
        <div className="scroll" tabIndex={0} role="region" aria-label={t('robustness.all')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('robustness.what')}</th>
                <th scope="col">{t('robustness.winner')}</th>
                <th scope="col">{t('robustness.effect')}</th>
              </tr>
            </thead>
            <tbody>
              {variations.map((variation) => {
                const { change, subject, winner: first } = variation;
                return (
                  <tr key={change + subject}>
                    <th scope="row" title={subject}>
                      {t(`robustness.change.${change}`, { subject: called(variation) })}
                    </th>
                    <td>{first ?? nobody}</td>
                    <td className={first === winner ? '' : 'bad'}>
                      {t(first === winner ? 'robustness.same' : 'robustness.changed')}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}
