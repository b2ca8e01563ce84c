import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, request } from '../api/call.js';
import { Answered } from '../ui/answered.js';
import { saveFile } from '../ui/save-file.js';
import { kindOf } from './document-kind.js';
import type { BlindBid } from './sheet.js';

type Part = BlindBid['parts'][number];

/** The documents of one bid, one at a time, shown without leaving the page. */
export function BlindDocument({
  tenderId,
  bid: { alias, parts },
}: {
  readonly tenderId: string;
  readonly bid: BlindBid;
}): ReactElement {
  const { t } = useTranslation();
  const [at, setAt] = useState(0);
  const part = parts[at];
  return (
    <section className="card document" aria-label={t('scoring.documentsOf', { alias })}>
      <h2>{t('scoring.documentsOf', { alias })}</h2>
      {part ? (
        <>
          <label>
            {t('scoring.document')}
            <select value={at} onChange={(e) => setAt(parseInt(e.target.value, 10))}>
              {parts.map(({ sha256, name, size }, i) => (
                <option key={sha256} value={i}>
                  {name}（{Math.ceil(size / 1024)} KiB）
                </option>
              ))}
            </select>
          </label>
          <Shown key={part.sha256} tenderId={tenderId} alias={alias} part={part} />
        </>
      ) : (
        <p className="empty">{t('scoring.noDocuments')}</p>
      )}
    </section>
  );
}

function Shown({
  tenderId,
  alias,
  part,
}: {
  readonly tenderId: string;
  readonly alias: string;
  readonly part: Part;
}): ReactElement {
  const { t } = useTranslation();
  const { sha256, name, mediaType } = part;
  const kind = kindOf(mediaType);
  const file = useQuery({
    queryKey: ['readPart', tenderId, alias, sha256],
    staleTime: Infinity,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const response = await request(addressOf('readPart', { tenderId, alias, sha256 }), { signal });
      // The type is the one that was looked at, whatever the answer says: nothing is shown as another kind.
      return new Blob([await response.arrayBuffer()], { type: kind === 'other' ? '' : mediaType });
    },
  });
  return (
    <Answered query={file}>
      {(blob) => (
        <>
          {kind === 'text' ? <Text blob={blob} /> : null}
          {kind === 'picture' ? <Picture blob={blob} name={name} /> : null}
          {kind === 'pdf' ? <Pdf blob={blob} name={name} /> : null}
          {kind === 'other' ? <p>{t('scoring.notShown')}</p> : null}
          <button type="button" onClick={() => saveFile(`${alias}-${name}`, blob)}>
            {t('scoring.download', { name })}
          </button>
        </>
      )}
    </Answered>
  );
}

/** An address of the bytes that ends with the page’s interest in it. */
function useAddress(blob: Blob): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}

interface Look {
  readonly blob: Blob;
  readonly name: string;
}

function Pdf({ blob, name }: Look): ReactElement | null {
  const address = useAddress(blob);
  return address ? <iframe className="paper" src={address} title={name} /> : null;
}

function Picture({ blob, name }: Look): ReactElement | null {
  const address = useAddress(blob);
  return address ? <img className="paper" src={address} alt={name} /> : null;
}

function Text({ blob }: { readonly blob: Blob }): ReactElement {
  const [text, setText] = useState('');
  useEffect(() => void blob.text().then(setText), [blob]);
  return (
    <pre className="paper" tabIndex={0}>
      {text}
    </pre>
  );
}
