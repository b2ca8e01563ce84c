import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../ui/instant-text.js';
import type { StepSeen, StepState, Verification } from './verification.js';
import type { Facts } from './verify-order.js';

const SIGNS: Readonly<Record<StepState, string>> = {
  waiting: '·',
  running: '…',
  holds: '✓',
  unchecked: '!',
  fault: '✗',
  unread: '?',
  skipped: '–',
  unreached: '–',
};
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Each step with what came of it, and at the end what that means. */
export function VerificationResult({ seen }: { readonly seen: Verification }): ReactElement {
  const { t } = useTranslation();
  const { kind, steps, files, end } = seen;
  const done = steps.filter(({ state }) => state !== 'waiting' && state !== 'running').length;
  return (
    <section className="card" aria-label={t('verify.result')}>
      <h2>{t('verify.result')}</h2>
      {end ? null : (
        <label className="progress">
          {kind === 'tender' && done === 0 ? t('verify.gathered', { count: files }) : t('verify.running')}
          <progress value={done} max={steps.length} />
        </label>
      )}
      <ol className="verify-steps">
        {steps.map((step) => (
          <StepLine key={step.step} kind={kind} seen={step} />
        ))}
      </ol>
      <End seen={seen} />
    </section>
  );
}

function StepLine({
  kind,
  seen: { step, state, outcome, facts },
}: {
  readonly kind: Verification['kind'];
  readonly seen: StepSeen;
}): ReactElement {
  const { t, i18n } = useTranslation();
  const told = state === 'holds' || state === 'unchecked';
  return (
    <li className={`is-${state}`}>
      <span aria-hidden="true">{SIGNS[state]}</span>
      <div>
        <strong>{t(`verify.steps.${kind}.${step}`)}</strong>{' '}
        <span className="quiet">{t(`verify.states.${state}`)}</span>
        {told ? <p>{t(`verify.outcomes.${kind}.${step}.${outcome}`, shown(facts, i18n.language))}</p> : null}
      </div>
    </li>
  );
}

/** Instants as the centre's clocks show them. */
const shown = (facts: Facts, language: string): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'string' && INSTANT.test(value) ? formatInstant(value, language) : value,
    ]),
  );

function End({ seen: { kind, end, steps } }: { readonly seen: Verification }): ReactElement | null {
  const { t } = useTranslation();
  if (!end) return null;
  if (end.type === 'ended') {
    const isWhole = steps.every(({ state }) => state === 'holds' || state === 'skipped');
    return (
      <div role="status">
        <p className="verdict good">{t(isWhole ? 'verify.verified' : 'verify.verifiedPartly')}</p>
        <h3>{t('verify.limitsTitle')}</h3>
        <p>{t(`verify.limits.${kind}`)}</p>
      </div>
    );
  }
  const known =
    end.code === null ? '' : t(end.code, { ns: 'problems', keySeparator: false, defaultValue: '' });
  if (end.type === 'unread') {
    return (
      <div className="refusal" role="alert">
        <p className="verdict">{t('verify.unread')}</p>
        <p>{known === '' ? end.message : known}</p>
      </div>
    );
  }
  return (
    <div className="refusal" role="alert">
      <p className="verdict bad">{t('verify.fault')}</p>
      {end.file === '' ? null : <p>{t('verify.inFile', { file: end.file })}</p>}
      {known === '' ? null : <p>{known}</p>}
      <p className="quiet">
        {t('verify.finding')} <span lang="en">{end.reason}</span>
      </p>
      <p>{t('verify.whatNow')}</p>
    </div>
  );
}
