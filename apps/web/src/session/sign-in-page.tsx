import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { Refusal } from '../ui/refusal.js';
import { useSignIn } from './use-session.js';

export function SignInPage(): ReactElement {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const navigate = useNavigate();
  const { state } = useLocation() as { state: { from?: string } | null };
  const [error, setError] = useState<Error | null>(null);
  const [isSending, setSending] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setSending(true);
    setError(null);
    try {
      await signIn(String(form.get('login')), String(form.get('password')));
      await navigate(state?.from ?? '/work', { replace: true });
    } catch (caught) {
      setError(caught as Error);
    } finally {
      setSending(false);
    }
  };

  return (
    <form className="narrow card" onSubmit={(event) => void submit(event)}>
      <h1>{t('signIn.title')}</h1>
      {state?.from ? <p className="quiet">{t('signIn.needed')}</p> : null}
      <label>
        {t('signIn.login')}
        <input name="login" autoComplete="username" required maxLength={100} />
      </label>
      <label>
        {t('signIn.password')}
        <input name="password" type="password" autoComplete="current-password" required maxLength={200} />
      </label>
      {error ? <Refusal error={error} /> : null}
      <button type="submit" className="primary" disabled={isSending}>
        {t('signIn.submit')}
      </button>
      <p>
        <Link to="/register">{t('signIn.register')}</Link>
      </p>
    </form>
  );
}
