import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { AnchorsForm } from './anchors-form.js';
import { LedgerFacts } from './ledger-facts.js';
import { useVerification } from './use-verification.js';
import { VerificationResult } from './verification-result.js';
import { EntryForm, ReceiptForm, TenderForm } from './verify-forms.js';
import type { Anchors } from './verify-order.js';

/** A visitor checks a tender, a receipt or an entry of the ledger on this very machine. */
export function VerifyPage(): ReactElement {
  const { t } = useTranslation();
  const [asked] = useSearchParams();
  const [anchors, setAnchors] = useState<Anchors>({});
  const { seen, verify } = useVerification();
  const result = useRef<HTMLDivElement>(null);
  const isBegun = seen !== null;
  useEffect(() => {
    if (isBegun) result.current?.scrollIntoView({ block: 'start' });
  }, [isBegun, seen?.kind]);
  return (
    <>
      <h1>{t('verify.title')}</h1>
      <p>{t('verify.why')}</p>
      <p className="quiet">{t('verify.program')}</p>
      <div className="columns">
        <TenderForm
          first={asked.get('tender') ?? ''}
          onVerify={(tenderId) => verify({ kind: 'tender', tenderId, anchors })}
        />
        <ReceiptForm onVerify={(file) => verify({ kind: 'receipt', file, anchors })} />
        <EntryForm
          first={asked.get('entry') ?? ''}
          onVerify={(which) => verify({ kind: 'entry', which, anchors })}
        />
        <AnchorsForm anchors={anchors} onChange={setAnchors} />
      </div>
      <div ref={result}>{seen ? <VerificationResult seen={seen} /> : null}</div>
      <LedgerFacts />
    </>
  );
}
