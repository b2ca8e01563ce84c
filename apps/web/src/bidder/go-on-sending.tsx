import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api/call.js';
import { Refusal } from '../ui/refusal.js';
import type { Step } from './seal-and-submit.js';
import { sendBodies } from './submit-bid.js';
import { SubmitProgress } from './submit-progress.js';

/** A version whose bodies were cut off: they wait in this browser and are sent on from where the platform has them. */
export function GoOnSending({
  tenderId,
  act,
}: {
  readonly tenderId: string;
  readonly act: AnswerOf<'getOwnBid'>['acts'][number];
}): ReactElement {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [step, setStep] = useState<Step | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const send = async (): Promise<void> => {
    setError(null);
    try {
      await sendBodies(tenderId, act.seq, act.bodies, (envelopeId, done) =>
        setStep({ name: 'sending', envelopeId, done }),
      );
      await queries.invalidateQueries({ queryKey: ['getOwnBid'] });
    } catch (caught) {
      setError(caught as Error);
    }
  };
  return (
    <div>
      <p className="bad">{t('bid.bodiesMissing')}</p>
      <button type="button" onClick={() => void send()}>
        {t('bid.goOn')}
      </button>
      {step ? <SubmitProgress step={step} /> : null}
      {error ? <Refusal error={error} /> : null}
    </div>
  );
}
