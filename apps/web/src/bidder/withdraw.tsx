import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type TenderDescriptor, withdrawManifest } from '#sealing';
import { type AnswerOf, call } from '../api/call.js';
import { usePlatformTime } from '../api/platform-time.js';
import { useCommand } from '../api/use-command.js';
import { sign, type SigningIdentity } from '../identity/signing-identity.js';
import { Refusal } from '../ui/refusal.js';

/** Takes the bid back: asked twice, signed, receipted. A new version may follow before the deadline. */
export function Withdraw({
  tenderId,
  own,
  identity,
}: {
  readonly tenderId: string;
  readonly own: AnswerOf<'getOwnBid'>;
  readonly identity: SigningIdentity;
}): ReactElement {
  const { t } = useTranslation();
  const time = usePlatformTime();
  const withdraw = useCommand('withdrawBid');
  const [isAsking, setAsking] = useState(false);
  const take = async (): Promise<void> => {
    const last = own.acts.at(-1)!;
    const { descriptor } = await call('getDescriptor', { tenderId });
    const manifest = withdrawManifest({
      descriptor: descriptor as unknown as TenderDescriptor,
      bidderCertSha256: identity.certificateSha256,
      seq: last.seq + 1,
      previousManifestSha256: last.manifestSha256[0]!,
      clientTime: new Date(time?.nowMs ?? Date.now()).toISOString(),
    });
    withdraw.mutate({ tenderId, manifest: await sign(identity, manifest, 'sunseal-manifest') });
  };
  return (
    <div>
      {isAsking ? (
        <p>
          {t('bid.withdrawSure')}{' '}
          <button type="button" disabled={withdraw.isPending} onClick={() => void take()}>
            {t('bid.withdrawYes')}
          </button>{' '}
          <button type="button" onClick={() => setAsking(false)}>
            {t('bid.withdrawNo')}
          </button>
        </p>
      ) : (
        <button type="button" onClick={() => setAsking(true)}>
          {t('bid.withdraw')}
        </button>
      )}
      {withdraw.error ? <Refusal error={withdraw.error} /> : null}
    </div>
  );
}
