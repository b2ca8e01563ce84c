import { type ReactElement, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, useNavigate } from 'react-router';
import { usePlatformTime } from '../api/platform-time.js';
import { chooseLanguage, type Language, LANGUAGES } from '../i18n/language.js';
import { useSession, useSignOut } from '../session/use-session.js';
import { formatInstant } from '../ui/instant-text.js';
import { PortalBuild } from './portal-build.js';

/** What stands around every page. */
export function Shell(): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <a className="skip" href="#main">
        {t('nav.skip')}
      </a>
      <header className="top">
        <Link to="/" className="brand">
          <img src="/seal.svg" alt="" width="28" height="28" />
          <strong>{t('brand.name')}</strong>
          <span>{t('brand.line')}</span>
        </Link>
        <nav aria-label={t('nav.main')}>
          <NavLink to="/" end>
            {t('nav.notices')}
          </NavLink>
          <NavLink to="/verify">{t('nav.ledger')}</NavLink>
          <SignedIn />
        </nav>
        <LanguageChoice />
      </header>
      <main id="main" tabIndex={-1}>
        <Suspense fallback={<p className="quiet">{t('state.loading')}</p>}>
          <Outlet />
        </Suspense>
      </main>
      <footer className="bottom">
        <PlatformTime />
        <PortalBuild />
      </footer>
    </>
  );
}

function SignedIn(): ReactElement | null {
  const { t } = useTranslation();
  const session = useSession();
  const signOut = useSignOut();
  const navigate = useNavigate();
  if (session === undefined) return null;
  if (session === null) return <NavLink to="/sign-in">{t('nav.signIn')}</NavLink>;
  const leave = async (): Promise<void> => {
    await signOut();
    await navigate('/');
  };
  return (
    <>
      <NavLink to="/work">{t('nav.work')}</NavLink>
      <button type="button" className="plain" onClick={() => void leave()}>
        {t('nav.signOut')}（{session.name}）
      </button>
    </>
  );
}

function LanguageChoice(): ReactElement {
  const { t, i18n } = useTranslation();
  return (
    <select
      aria-label={t('nav.language')}
      value={i18n.language}
      onChange={(event) => void chooseLanguage(event.target.value as Language)}
    >
      {Object.entries(LANGUAGES).map(([language, name]) => (
        <option key={language} value={language} lang={language}>
          {name}
        </option>
      ))}
    </select>
  );
}

function PlatformTime(): ReactElement | null {
  const { t, i18n } = useTranslation();
  const time = usePlatformTime();
  if (!time) return null;
  return (
    <p className="quiet">
      {t('time.platform')} {formatInstant(new Date(time.nowMs).toISOString(), i18n.language)}
      {time.factor === 1 ? null : ` · ${t('time.demonstration', { factor: time.factor })}`}
    </p>
  );
}
