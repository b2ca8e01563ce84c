import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnvelopeId } from '#contracts';
import type { Step } from './seal-and-submit.js';

export function SubmitProgress({ step }: { readonly step: Step }): ReactElement {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const isDone = step.name === 'done';
  useEffect(() => {
    if (isDone) void queries.invalidateQueries({ queryKey: ['getOwnBid'] });
  }, [isDone, queries]);
  if (step.name === 'done' || step.name === 'committing') {
    return <p role="status">{t(`bid.step.${step.name}`)}</p>;
  }
  const words = t(`bid.step.${step.name}`, { envelope: t(`envelopes.${step.envelopeId as EnvelopeId}`) });
  return (
    <label className="progress">
      {words} {Math.floor(step.done * 100)} %
      <progress value={step.done} max={1} />
    </label>
  );
}
