import { type FormEvent, type ReactElement, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '#contracts';
import { useCommand } from '../api/use-command.js';
import { fromCentreTime } from '../ui/centre-time.js';
import { Refusal } from '../ui/refusal.js';
import { GRANTABLE } from './shown-roles.js';

/** An account with its roles and the day on which they end: none is granted for ever. */
export function NewAccount(): ReactElement {
  const { t } = useTranslation();
  const create = useCommand('createAccount');
  const form = useRef<HTMLFormElement>(null);
  const [fault, setFault] = useState<'differ' | 'noRole' | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const read = (name: string): string => String(data.get(name));
    const roles = data.getAll('roles') as Role[];
    const isSame = read('password') === read('again');
    setFault(isSame ? (roles.length === 0 ? 'noRole' : null) : 'differ');
    if (!isSame || roles.length === 0) return;
    create.mutate(
      {
        login: read('login').trim(),
        password: read('password'),
        name: read('name').trim(),
        roles,
        grantedUntil: fromCentreTime(read('until'))!,
      },
      { onSuccess: () => form.current?.reset() },
    );
  };
  return (
    <details className="card">
      <summary>{t('accounts.new')}</summary>
      <form ref={form} onSubmit={submit} aria-label={t('accounts.new')}>
        <label>
          {t('accounts.name')}
          <input name="name" required maxLength={100} autoComplete="off" />
        </label>
        <label>
          {t('accounts.login')}
          <input
            name="login"
            required
            maxLength={50}
            pattern="[a-z0-9][a-z0-9._\-]{2,49}"
            autoComplete="off"
          />
          <span className="quiet">{t('register.loginHint')}</span>
        </label>
        <label>
          {t('accounts.password')}
          <input name="password" type="password" required maxLength={200} autoComplete="new-password" />
        </label>
        <label>
          {t('register.passwordAgain')}
          <input name="again" type="password" required maxLength={200} autoComplete="new-password" />
        </label>
        <fieldset className="choice">
          <legend>{t('accounts.roles')}</legend>
          {GRANTABLE.map((role) => (
            <label key={role} className="inline">
              <input type="checkbox" name="roles" value={role} /> {t(`work.roles.${role}`)}
            </label>
          ))}
        </fieldset>
        <label>
          {t('accounts.grantedUntil')}
          <input name="until" type="datetime-local" required />
        </label>
        {fault ? (
          <p className="refusal" role="alert">
            {t(fault === 'differ' ? 'register.passwordsDiffer' : 'accounts.noRole')}
          </p>
        ) : null}
        {create.error ? <Refusal error={create.error} /> : null}
        <button type="submit" className="primary" disabled={create.isPending}>
          {t('accounts.create')}
        </button>
        <p role="status">{create.isSuccess ? t('accounts.created') : null}</p>
      </form>
    </details>
  );
}
