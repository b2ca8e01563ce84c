import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnvelopeId } from '#contracts';
import type { TrusteeKey } from '#sealing';
import { call } from '../api/call.js';
import { Refusal } from '../ui/refusal.js';
import { giveShares } from './give-shares.js';
import type { OpeningStep, VerifiedOpening } from './opening-order.js';
import { verifyOpening } from './verify-opening.js';

interface Props {
  readonly tenderId: string;
  readonly envelopeId: EnvelopeId;
  readonly trusteeKey: TrusteeKey;
}

/** Attend and verify, see what was found, give the shares. Where anything differs no share is made. */
export function OpeningDesk({ tenderId, envelopeId, trusteeKey }: Props): ReactElement {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [step, setStep] = useState<OpeningStep | null>(null);
  const [verified, setVerified] = useState<VerifiedOpening | null>(null);
  const [failed, setFailed] = useState<{ readonly error: Error; readonly isCheck: boolean } | null>(null);

  const act = async (work: () => Promise<void>, isCheck: () => boolean): Promise<void> => {
    setFailed(null);
    try {
      await work();
    } catch (error) {
      setFailed({ error: error as Error, isCheck: isCheck() });
    } finally {
      setStep(null);
    }
  };
  const attend = (): Promise<void> => {
    let hasAttended = false;
    return act(
      async () => {
        setStep({ name: 'attending' });
        await call('attendOpening', { tenderId, envelopeId });
        hasAttended = true;
        // The machine's own clock on purpose: the platform could say any time.
        const order = { tenderId, envelopeId, key: trusteeKey, now: new Date().toISOString() };
        setVerified(await verifyOpening(order, setStep));
      },
      () => hasAttended,
    );
  };
  const give = (shares: VerifiedOpening['shares']): Promise<void> =>
    act(
      async () => {
        await giveShares(tenderId, envelopeId, shares, setStep);
        await queries.invalidateQueries();
      },
      () => false,
    );

  return (
    <>
      {verified ? <Found found={verified} /> : <p>{t('trustee.attendHint')}</p>}
      {failed?.isCheck ? <p className="bad">{t('trustee.refusedHere')}</p> : null}
      {failed ? <Refusal error={failed.error} /> : null}
      {step ? <Step step={step} /> : null}
      {verified ? (
        <>
          <p>{t('trustee.releaseHint')}</p>
          <button
            type="button"
            className="primary"
            disabled={step !== null}
            onClick={() => void give(verified.shares)}
          >
            {t('trustee.release')}
          </button>
        </>
      ) : (
        <button type="button" className="primary" disabled={step !== null} onClick={() => void attend()}>
          {t('trustee.attend')}
        </button>
      )}
    </>
  );
}

function Step({ step }: { readonly step: OpeningStep }): ReactElement {
  const { t } = useTranslation();
  const words = t(`trustee.step.${step.name}`, { ...step });
  if (step.name !== 'deals' && step.name !== 'giving') return <p role="status">{words}</p>;
  return (
    <label className="progress">
      {words}
      <progress value={step.done} max={step.of} />
    </label>
  );
}

function Found({
  found: { entries, shares, leftSealed },
}: {
  readonly found: VerifiedOpening;
}): ReactElement {
  const { t } = useTranslation();
  const lines = [
    t('trustee.found.entries', { count: entries }),
    t('trustee.found.close'),
    t('trustee.found.bids', { count: shares.length }),
    t('trustee.found.deals', { count: shares.length }),
    ...(leftSealed > 0 ? [t('trustee.found.left', { count: leftSealed })] : []),
  ];
  return (
    <div role="status">
      <h3>{t('trustee.verified')}</h3>
      <ul className="checklist">
        {lines.map((line) => (
          <li key={line} className="holds">
            <span aria-hidden="true">✓</span> {line}
          </li>
        ))}
      </ul>
    </div>
  );
}
