import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrusteeKey } from '#sealing';
import type { SigningIdentity } from '../identity/signing-identity.js';
import { Refusal } from '../ui/refusal.js';
import { handInStatement } from './hand-in-statement.js';

/** For a key whose statement did not get through when it was made. */
export function SubmitStatement({
  tenderId,
  trusteeKey,
  identity,
}: {
  readonly tenderId: string;
  readonly trusteeKey: TrusteeKey;
  readonly identity: SigningIdentity;
}): ReactElement {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const submit = useMutation({
    mutationFn: () => handInStatement(tenderId, trusteeKey, identity),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <>
      <p>{t('trustee.statementMissing')}</p>
      {submit.error ? <Refusal error={submit.error} /> : null}
      <button type="button" className="primary" disabled={submit.isPending} onClick={() => submit.mutate()}>
        {t('trustee.submit')}
      </button>
    </>
  );
}
