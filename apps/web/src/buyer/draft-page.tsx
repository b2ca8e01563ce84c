import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useAll } from '../api/use-all.js';
import { useAnswer } from '../api/use-answer.js';
import { useSession } from '../session/use-session.js';
import { Answered } from '../ui/answered.js';
import { DraftDesk } from './draft-desk.js';
import { emptyForm, toForm } from './draft-form.js';
import { readUnsaved } from './unsaved-draft.js';

const NEW = 'new';

/** A new draft, or one that was saved; what was typed and not saved comes back first. */
export function DraftPage(): ReactElement {
  const { tenderId } = useParams();
  const { t } = useTranslation();
  const session = useSession();
  const templates = useAll('listTemplates', {});
  const saved = useAnswer('getDraft', tenderId ? { tenderId } : null);
  const unsaved = useQuery({
    queryKey: ['unsaved-draft', session?.personId, tenderId ?? NEW],
    queryFn: async () => (await readUnsaved(session!.personId, tenderId ?? NEW)) ?? null,
    enabled: Boolean(session),
    gcTime: 0,
    staleTime: Infinity,
  });
  const title = <h1>{t(tenderId ? 'draft.edit' : 'draft.new')}</h1>;
  if (tenderId && !saved.data) return <Answered query={saved}>{() => title}</Answered>;
  return (
    <>
      {title}
      <Answered query={templates}>
        {({ items }) => (
          <Answered query={unsaved}>
            {(kept) => (
              <DraftDesk
                key={tenderId ?? NEW}
                tenderId={tenderId ?? null}
                keptAs={tenderId ?? NEW}
                templates={items}
                initial={kept ?? (saved.data ? toForm(saved.data) : emptyForm(items[0]!))}
                isUnsaved={kept !== null}
              />
            )}
          </Answered>
        )}
      </Answered>
    </>
  );
}
