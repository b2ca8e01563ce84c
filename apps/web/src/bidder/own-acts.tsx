import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api/call.js';
import type { SigningIdentity } from '../identity/signing-identity.js';
import { InstantText } from '../ui/instant-text.js';
import { GoOnSending } from './go-on-sending.js';
import { ReceiptLink } from './receipt-link.js';
import { Withdraw } from './withdraw.js';

/** Every version that this bidder committed to, the latest first, with what proves it and what is still missing. */
export function OwnActs({
  tenderId,
  own,
  identity,
}: {
  readonly tenderId: string;
  readonly own: AnswerOf<'getOwnBid'>;
  readonly identity: SigningIdentity;
}): ReactElement {
  const { t } = useTranslation();
  const latest = own.acts.at(-1);
  return (
    <section className="card">
      <h2>{t('bid.status')}</h2>
      <p role="status">
        <strong className={`bid-${own.status}`}>{t(`bid.statuses.${own.status}`)}</strong>
      </p>
      {own.acts.length === 0 ? <p className="empty">{t('bid.noneYet')}</p> : null}
      <ol reversed className="acts">
        {[...own.acts].reverse().map((act) => (
          <li key={act.seq}>
            {t(`bid.kind.${act.kind}`, { seq: act.seq })} · <InstantText instant={act.receivedAt} />
            {act.refusedCode ? <span className="bad"> {act.refusedCode}</span> : null}{' '}
            <ReceiptLink tenderId={tenderId} seq={act.seq} />
            {act === latest && act.bodies.some(({ isStored }) => !isStored) ? (
              <GoOnSending tenderId={tenderId} act={act} />
            ) : null}
          </li>
        ))}
      </ol>
      {latest && own.status !== 'withdrawn' && own.alias === null ? (
        <Withdraw tenderId={tenderId} own={own} identity={identity} />
      ) : null}
    </section>
  );
}
