import { type ReactElement, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationResult } from '#evaluation';
import { MoneyText } from '../ui/money-text.js';
import type { MethodJson } from './draft-form.js';
import { explainSample, type SampleBid, tryMethod } from './try-method.js';

const SAMPLES_MAX = 20;

/** What the method would do with these prices: computed here, by the very code that will rank the bids. */
export function SamplePrices({
  method,
  ceilingPrice,
}: {
  readonly method: MethodJson;
  readonly ceilingPrice: string;
}): ReactElement {
  const { t } = useTranslation();
  const [samples, setSamples] = useState<readonly SampleBid[]>(() => firstSamples(ceilingPrice));
  const outcome = useMemo(() => attempt(method, ceilingPrice, samples), [method, ceilingPrice, samples]);
  const set = (at: number, part: Partial<SampleBid>): void =>
    setSamples(samples.map((sample, i) => (i === at ? { ...sample, ...part } : sample)));
  return (
    <section className="card">
      <h3>{t('method.samples')}</h3>
      <p className="quiet">{t('method.samplesHint')}</p>
      {samples.map(({ price, technical }, i) => (
        <div key={i} className="fields">
          <label>
            {t('method.samplePrice', { number: i + 1 })}
            <input
              inputMode="decimal"
              value={price}
              onChange={(e) => set(i, { price: e.target.value.trim() })}
            />
          </label>
          <label>
            {t('method.sampleTechnical', { number: i + 1 })}
            <input
              inputMode="decimal"
              size={8}
              value={technical}
              onChange={(e) => set(i, { technical: e.target.value.trim() })}
            />
          </label>
        </div>
      ))}
      <button
        type="button"
        disabled={samples.length >= SAMPLES_MAX}
        onClick={() => setSamples([...samples, samples.at(-1)!])}
      >
        {t('method.addSample')}
      </button>{' '}
      <button type="button" disabled={samples.length <= 1} onClick={() => setSamples(samples.slice(0, -1))}>
        {t('method.removeSample')}
      </button>
      {'result' in outcome ? <SampleRanking result={outcome.result} /> : <p className="bad">{outcome.why}</p>}
    </section>
  );
}

/** Round figures below the ceiling, so that there is something to see at once. */
function firstSamples(ceilingPrice: string): readonly SampleBid[] {
  const whole = /^[1-9]\d*/.exec(ceilingPrice)?.[0];
  const top = whole ? BigInt(whole) : 12_000_000n;
  return [70n, 78n, 85n, 92n].map((percent, i) => ({
    price: String((top * percent) / 100n),
    technical: String(78 + 4 * i),
  }));
}

function attempt(
  method: MethodJson,
  ceilingPrice: string,
  samples: readonly SampleBid[],
): { readonly result: EvaluationResult } | { readonly why: string } {
  try {
    return { result: tryMethod(method, ceilingPrice, samples) };
  } catch (error) {
    return { why: (error as Error).message };
  }
}

function SampleRanking({ result }: { readonly result: EvaluationResult }): ReactElement {
  const { t, i18n } = useTranslation();
  const sentences = result.bids.map(({ id }) => ({ id, said: explainSample(result, id, i18n.language) }));
  return (
    <>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('method.sampleRanking')}>
        <table>
          <caption>
            {t('method.sampleRanking')}{' '}
            {result.benchmark ? `${t('ranking.benchmark')} ${result.benchmark.rounded}` : null}
          </caption>
          <thead>
            <tr>
              {(
                [
                  'ranking.rank',
                  'method.sample',
                  'ranking.price',
                  'ranking.priceScore',
                  'technical.score',
                  'ranking.total',
                ] as const
              ).map((name) => (
                <th key={name} scope="col">
                  {t(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {result.bids.map(({ id, rank, price, priceScore, technicalScore, total }) => (
              <tr key={id}>
                <td>{rank ?? t('ranking.void')}</td>
                <th scope="row">{id}</th>
                <td>
                  <MoneyText amount={price} currency="CNY" />
                </td>
                <td title={priceScore?.exact}>{priceScore?.rounded}</td>
                <td title={technicalScore?.exact}>{technicalScore?.rounded}</td>
                <td title={total?.exact}>{total?.rounded}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sentences.map(({ id, said }) => (
        <details key={id}>
          <summary>{t('ranking.explain', { alias: id })}</summary>
          <ol>
            {said.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ol>
        </details>
      ))}
    </>
  );
}
