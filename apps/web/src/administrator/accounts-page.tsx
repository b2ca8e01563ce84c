import { Table } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '#contracts';
import { usePlatformTime } from '../api/platform-time.js';
import { type ItemOf, useAll } from '../api/use-all.js';
import { Answered } from '../ui/answered.js';
import { InstantText } from '../ui/instant-text.js';
import { NewAccount } from './new-account.js';
import { SHOWN_ROLES } from './shown-roles.js';

type Account = ItemOf<'listAccounts'>;

/** Everyone who can sign in, with every role and its end; new people are made here. */
export function AccountsPage(): ReactElement {
  const { t } = useTranslation();
  const [role, setRole] = useState<Role | ''>('');
  const accounts = useAll('listAccounts', role === '' ? {} : { role });
  return (
    <>
      <h1>{t('accounts.title')}</h1>
      <NewAccount />
      <label className="narrow-field">
        {t('accounts.role')}
        <select value={role} onChange={(e) => setRole(e.target.value as Role | '')}>
          <option value="">{t('accounts.anyRole')}</option>
          {SHOWN_ROLES.map((one) => (
            <option key={one} value={one}>
              {t(`work.roles.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <Answered query={accounts}>
        {({ items, isCut }) => (
          <>
            <Table<Account>
              rowKey="personId"
              dataSource={[...items]}
              pagination={false}
              scroll={{ x: true }}
              locale={{ emptyText: t('accounts.none') }}
              columns={[
                { title: t('accounts.name'), dataIndex: 'name' },
                { title: t('accounts.login'), dataIndex: 'login' },
                {
                  title: t('accounts.grants'),
                  render: (_, { grants }) => grants.map((grant) => <Grant key={grant.role} {...grant} />),
                },
              ]}
            />
            {isCut ? <p className="quiet">{t('accounts.cut')}</p> : null}
          </>
        )}
      </Answered>
    </>
  );
}

function Grant({ role, until }: Account['grants'][number]): ReactElement {
  const { t } = useTranslation();
  const time = usePlatformTime();
  const hasEnded = time !== undefined && Date.parse(until) <= time.nowMs;
  return (
    <p className={hasEnded ? 'quiet' : ''}>
      {t(`work.roles.${role}`)} · {t(hasEnded ? 'accounts.ended' : 'accounts.until')}{' '}
      <InstantText instant={until} />
    </p>
  );
}
