import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/call.js';

interface Platform {
  readonly portal: { readonly sha256: string } | null;
}

const readPlatform = async (): Promise<Platform> =>
  (await (await request('/api/v1/platform')).json()) as Platform;

const SHOWN = 16;

/** Which build of the portal the server says that it serves: others should see the same. */
export function PortalBuild(): ReactElement | null {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: ['platform'], queryFn: readPlatform, staleTime: Infinity });
  if (!data?.portal) return null;
  const { sha256 } = data.portal;
  return (
    <p className="quiet">
      {t('build.name')} <code title={sha256}>{sha256.slice(0, SHOWN)}</code>{' '}
      <a href="/api/v1/platform">{t('build.whole')}</a>
    </p>
  );
}
