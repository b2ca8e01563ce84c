import { Button, Input, Modal, Select, Table } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ItemOf, useAll } from '../api/use-all.js';
import { useCommand } from '../api/use-command.js';
import { Answered } from '../ui/answered.js';
import { InstantText } from '../ui/instant-text.js';
import { Refusal } from '../ui/refusal.js';

type Organisation = ItemOf<'listOrganisations'>;
const STATUSES = ['submitted', 'approved', 'refused'] as const;

/** Registrations, those that wait first; a registrar decides with a reason. */
export function OrganisationsPage(): ReactElement {
  const { t } = useTranslation();
  const [status, setStatus] = useState<(typeof STATUSES)[number]>('submitted');
  const [chosen, setChosen] = useState<Organisation | null>(null);
  const list = useAll('listOrganisations', { status });
  return (
    <>
      <h1>{t('organisations.title')}</h1>
      <Select
        aria-label={t('organisations.status')}
        value={status}
        onChange={setStatus}
        options={STATUSES.map((value) => ({ value, label: t(`organisations.${value}`) }))}
      />
      <Answered query={list}>
        {({ items }) => (
          <Table<Organisation>
            rowKey="organisationId"
            dataSource={[...items]}
            pagination={false}
            scroll={{ x: true }}
            locale={{ emptyText: t('organisations.none') }}
            columns={[
              { title: t('register.name'), dataIndex: 'name' },
              { title: t('register.creditCode'), dataIndex: 'creditCode' },
              { title: t('register.legalRepresentative'), dataIndex: 'legalRepresentative' },
              {
                title: t('register.qualifications'),
                render: (_, { qualifications }) => qualifications.join('、'),
              },
              {
                title: t('organisations.registered'),
                render: (_, { registeredAt }) => <InstantText instant={registeredAt} />,
              },
              {
                title: t('organisations.review'),
                render: (_, organisation) =>
                  organisation.status === 'submitted' ? (
                    <Button onClick={() => setChosen(organisation)}>{t('organisations.review')}</Button>
                  ) : (
                    organisation.reason
                  ),
              },
            ]}
          />
        )}
      </Answered>
      {chosen ? <Review organisation={chosen} onDone={() => setChosen(null)} /> : null}
    </>
  );
}

function Review({
  organisation,
  onDone,
}: {
  readonly organisation: Organisation;
  readonly onDone: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const review = useCommand('reviewOrganisation');
  const [reason, setReason] = useState('');
  const decide = (decision: 'approve' | 'refuse'): void =>
    review.mutate({ organisationId: organisation.organisationId, decision, reason }, { onSuccess: onDone });
  return (
    <Modal
      open
      title={organisation.name}
      onCancel={onDone}
      footer={[
        <Button
          key="refuse"
          danger
          disabled={!reason.trim() || review.isPending}
          onClick={() => decide('refuse')}
        >
          {t('organisations.refuse')}
        </Button>,
        <Button
          key="approve"
          type="primary"
          disabled={!reason.trim() || review.isPending}
          onClick={() => decide('approve')}
        >
          {t('organisations.approve')}
        </Button>,
      ]}
    >
      <Facts organisation={organisation} />
      <label>
        {t('organisations.reason')}
        <Input.TextArea
          value={reason}
          maxLength={1_000}
          rows={3}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {review.error ? <Refusal error={review.error} /> : null}
    </Modal>
  );
}

/** What was handed in, whole: the table cuts nothing, but a decision is made in front of it. */
function Facts({ organisation }: { readonly organisation: Organisation }): ReactElement {
  const { t } = useTranslation();
  const { creditCode, legalRepresentative, qualifications, registeredAt } = organisation;
  const facts = [
    [t('register.creditCode'), <code>{creditCode}</code>],
    [t('register.legalRepresentative'), legalRepresentative],
    [t('register.qualifications'), qualifications.join('、') || '—'],
    [t('organisations.registered'), <InstantText instant={registeredAt} />],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
