import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, call } from '../api/call.js';
import { usePlatformTime } from '../api/platform-time.js';
import type { SigningIdentity } from '../identity/signing-identity.js';
import { Refusal } from '../ui/refusal.js';
import { Checklist, isReady } from './checklist.js';
import { EnvelopeFiles } from './envelope-files.js';
import { offerFile } from './offer.js';
import { PriceField } from './price-field.js';
import { type Step, sealAndSubmit } from './seal-and-submit.js';
import { SubmitProgress } from './submit-progress.js';

/** Files and price of a new version, checked as they are chosen; sealing and submitting are one act. */
export function BidDesk({
  tender,
  own,
  identity,
}: {
  readonly tender: AnswerOf<'getTender'>;
  readonly own: AnswerOf<'getOwnBid'>;
  readonly identity: SigningIdentity;
}): ReactElement {
  const { t } = useTranslation();
  const time = usePlatformTime();
  const [technical, setTechnical] = useState<readonly File[]>([]);
  const [commercial, setCommercial] = useState<readonly File[]>([]);
  const [price, setPrice] = useState('');
  const [step, setStep] = useState<Step | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const draft = { technical, commercial, price, ceilingPrice: tender.ceilingPrice };

  const submit = async (): Promise<void> => {
    setError(null);
    try {
      const { descriptor } = await call('getDescriptor', { tenderId: tender.tenderId });
      await sealAndSubmit({
        tenderId: tender.tenderId,
        descriptor,
        identity,
        own,
        files: { technical, commercial: [offerFile(price), ...commercial] },
        clientTime: new Date(time?.nowMs ?? Date.now()).toISOString(),
        onStep: setStep,
      });
    } catch (caught) {
      setError(caught as Error);
    }
  };

  const isBusy = step !== null && error === null && step.name !== 'done';
  return (
    <section className="card">
      <h2>{t(own.acts.length === 0 ? 'bid.new' : 'bid.replace')}</h2>
      <fieldset disabled={isBusy}>
        <EnvelopeFiles envelopeId="technical" files={technical} onChange={setTechnical} />
        <PriceField price={price} ceilingPrice={tender.ceilingPrice} onChange={setPrice} />
        <EnvelopeFiles envelopeId="commercial" files={commercial} onChange={setCommercial} />
        <Checklist draft={draft} />
        <button
          type="button"
          className="primary"
          disabled={!isReady(draft) || isBusy}
          onClick={() => void submit()}
        >
          {t('bid.sealAndSubmit')}
        </button>
      </fieldset>
      {step ? <SubmitProgress step={step} /> : null}
      {error ? <Refusal error={error} /> : null}
    </section>
  );
}
