import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCommand } from '../api/use-command.js';
import { Refusal } from '../ui/refusal.js';

/** An organisation registers itself with its first account. What was typed stays, whatever is refused. */
export function RegisterPage(): ReactElement {
  const { t } = useTranslation();
  const register = useCommand('registerOrganisation');
  const [differs, setDiffers] = useState(false);

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = (name: string): string => String(form.get(name)).trim();
    const isSame = form.get('password') === form.get('passwordAgain');
    setDiffers(!isSame);
    if (!isSame) return;
    register.mutate({
      creditCode: read('creditCode').toUpperCase(),
      name: read('name'),
      legalRepresentative: read('legalRepresentative'),
      qualifications: read('qualifications')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
      account: { login: read('login'), password: String(form.get('password')), name: read('accountName') },
    });
  };

  if (register.isSuccess) {
    return (
      <div className="card narrow" role="status">
        <h1>{t('register.title')}</h1>
        <p>{t('register.done')}</p>
        <Link to="/sign-in">{t('nav.signIn')}</Link>
      </div>
    );
  }
  return (
    <form className="card narrow" onSubmit={submit}>
      <h1>{t('register.title')}</h1>
      <Field name="creditCode" maxLength={18} pattern="[0-9A-Za-z]{18}" hint={t('register.creditCodeHint')} />
      <Field name="name" maxLength={200} />
      <Field name="legalRepresentative" maxLength={100} />
      <label>
        {t('register.qualifications')}
        <textarea name="qualifications" rows={3} />
        <span className="quiet">{t('register.qualificationsHint')}</span>
      </label>
      <Field name="accountName" maxLength={100} autoComplete="name" />
      <Field
        name="login"
        maxLength={50}
        pattern="[a-z0-9][a-z0-9._\-]{2,49}"
        autoComplete="username"
        hint={t('register.loginHint')}
      />
      <Field
        name="password"
        type="password"
        autoComplete="new-password"
        maxLength={200}
        hint={t('register.passwordHint')}
      />
      <Field name="passwordAgain" type="password" autoComplete="new-password" maxLength={200} />
      {differs ? (
        <p className="refusal" role="alert">
          {t('register.passwordsDiffer')}
        </p>
      ) : null}
      {register.error ? <Refusal error={register.error} /> : null}
      <button type="submit" className="primary" disabled={register.isPending}>
        {t('register.submit')}
      </button>
    </form>
  );
}

interface FieldProps {
  readonly name:
    'creditCode' | 'name' | 'legalRepresentative' | 'accountName' | 'login' | 'password' | 'passwordAgain';
  readonly maxLength: number;
  readonly type?: string;
  readonly pattern?: string;
  readonly autoComplete?: string;
  readonly hint?: string;
}

function Field({ name, hint, ...input }: FieldProps): ReactElement {
  const { t } = useTranslation();
  return (
    <label>
      {t(`register.${name}`)}
      <input name={name} required {...input} />
      {hint ? <span className="quiet">{hint}</span> : null}
    </label>
  );
}
