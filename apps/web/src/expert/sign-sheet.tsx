import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { isProblem } from '../api/problem.js';
import { IdentityGate } from '../identity/identity-gate.js';
import { sign, type SigningIdentity } from '../identity/signing-identity.js';
import { Refusal } from '../ui/refusal.js';
import { type Criterion, type Line, piecesOf, totalOf } from './sheet.js';

interface Props {
  readonly tenderId: string;
  readonly lines: ReadonlyMap<string, Line>;
  readonly criteria: readonly Criterion[];
  readonly isWhole: boolean;
}

/** The whole sheet once more, and the signature that fixes it. */
export function SignSheet({ tenderId, lines, criteria, isWhole }: Props): ReactElement {
  const { t, i18n } = useTranslation();
  if (!isWhole) return <p className="card quiet">{t('scoring.signLater')}</p>;
  return (
    <section className="card" aria-label={t('scoring.sign')}>
      <h2>{t('scoring.sign')}</h2>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('scoring.summary')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('opening.alias')}</th>
              {criteria.map(({ id, title }) => (
                <th key={id} scope="col">
                  {i18n.language === 'en' ? title.en : title.zh}
                </th>
              ))}
              <th scope="col">{t('scoring.total')}</th>
              <th scope="col">{t('scoring.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {[...lines].map(([alias, line]) => (
              <tr key={alias}>
                <th scope="row">{alias}</th>
                {criteria.map(({ id }) => (
                  <td key={id}>{line.marks[id]}</td>
                ))}
                <td>{totalOf(line, criteria)}</td>
                <td>{line.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>{t('scoring.signHint')}</p>
      <IdentityGate>
        {(identity) => <Signature tenderId={tenderId} lines={lines} identity={identity} />}
      </IdentityGate>
    </section>
  );
}

function Signature({
  tenderId,
  lines,
  identity,
}: Pick<Props, 'tenderId' | 'lines'> & { readonly identity: SigningIdentity }): ReactElement {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [signed, setSigned] = useState<{ readonly done: number; readonly of: number } | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const give = async (): Promise<void> => {
    setError(null);
    const pieces = piecesOf(tenderId, lines);
    try {
      for (const [done, payload] of pieces.entries()) {
        setSigned({ done, of: pieces.length });
        await sendPiece(
          tenderId,
          await sign(identity, payload, 'sunseal-score-sheet'),
          done < pieces.length - 1,
        );
      }
      await queries.invalidateQueries();
    } catch (caught) {
      setError(caught as Error);
      setSigned(null);
    }
  };
  return (
    <>
      {error ? <Refusal error={error} /> : null}
      {signed ? <progress value={signed.done} max={signed.of} aria-label={t('scoring.signing')} /> : null}
      <button type="button" className="primary" disabled={signed !== null} onClick={() => void give()}>
        {t('scoring.signNow')}
      </button>
    </>
  );
}

/** A piece that came through before a connection broke is not sent again. */
async function sendPiece(tenderId: string, sheet: string, isPartial: boolean): Promise<void> {
  try {
    await call('signSheet', { tenderId, sheet, isPartial });
  } catch (error) {
    const isThere =
      isPartial && isProblem(error) && error.code === 'sheet.already-signed' && 'alias' in error.details;
    if (!isThere) throw error;
  }
}
