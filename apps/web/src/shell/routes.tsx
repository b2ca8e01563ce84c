import { type ComponentType, lazy, type ReactElement } from 'react';
import { Route, Routes } from 'react-router';
import { NoticesPage } from '../public/notices-page.js';
import { SignInPage } from '../session/sign-in-page.js';
import { NotFoundPage } from './not-found-page.js';
import { RequireSession } from './require-session.js';
import { Shell } from './shell.js';

/** A page of its own file, loaded when somebody goes there: the public portal stays small. */
const page = <Name extends string>(name: Name, load: () => Promise<Record<Name, ComponentType>>) =>
  lazy(async () => ({ default: (await load())[name] }));

const TenderPage = page('TenderPage', () => import('../public/tender-page.js'));
const VerifyPage = page('VerifyPage', () => import('../verify/verify-page.js'));
const RegisterPage = page('RegisterPage', () => import('../bidder/register-page.js'));
const WorkingArea = page('WorkingArea', () => import('./working-area.js'));
const OrganisationsPage = page('OrganisationsPage', () => import('../registrar/organisations-page.js'));
const BidPage = page('BidPage', () => import('../bidder/bid-page.js'));
const OpeningHallPage = page('OpeningHallPage', () => import('../opening-hall/opening-hall-page.js'));
const TrusteePage = page('TrusteePage', () => import('../trustee/trustee-page.js'));
const WorkPage = page('WorkPage', () => import('../work/work-page.js'));
const WorklistPage = page('WorklistPage', () => import('../buyer/worklist-page.js'));
const DraftPage = page('DraftPage', () => import('../buyer/draft-page.js'));
const TenderDeskPage = page('TenderDeskPage', () => import('../buyer/tender-desk-page.js'));
const ScoringPage = page('ScoringPage', () => import('../expert/scoring-page.js'));
const SupervisionPage = page('SupervisionPage', () => import('../supervisor/supervision-page.js'));
const EntriesPage = page('EntriesPage', () => import('../supervisor/entries-page.js'));
const ReconciliationPage = page('ReconciliationPage', () => import('../supervisor/reconciliation-page.js'));
const AlarmsPage = page('AlarmsPage', () => import('../supervisor/alarms-page.js'));
const AlarmPage = page('AlarmPage', () => import('../supervisor/alarm-page.js'));
const SupervisedTenderPage = page(
  'SupervisedTenderPage',
  () => import('../supervisor/supervised-tender-page.js'),
);
const AccountsPage = page('AccountsPage', () => import('../administrator/accounts-page.js'));
const RegionsPage = page('RegionsPage', () => import('../administrator/regions-page.js'));

export function PortalRoutes(): ReactElement {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<NoticesPage />} />
        <Route path="tenders/:tenderId" element={<TenderPage />} />
        <Route path="tenders/:tenderId/opening" element={<OpeningHallPage />} />
        <Route path="verify" element={<VerifyPage />} />
        <Route path="register" element={<RegisterPage />} />
        <Route path="sign-in" element={<SignInPage />} />
        <Route element={<RequireSession />}>
          <Route path="tenders/:tenderId/bid" element={<BidPage />} />
          <Route path="tenders/:tenderId/trustee" element={<TrusteePage />} />
          <Route path="tenders/:tenderId/scoring" element={<ScoringPage />} />
          <Route path="supervision" element={<SupervisionPage />} />
          <Route path="supervision/entries" element={<EntriesPage />} />
          <Route path="supervision/reconciliation" element={<ReconciliationPage />} />
          <Route path="supervision/alarms" element={<AlarmsPage />} />
          <Route path="supervision/alarms/:alarmId" element={<AlarmPage />} />
          <Route path="supervision/tenders/:tenderId" element={<SupervisedTenderPage />} />
          <Route element={<WorkingArea />}>
            <Route path="work" element={<WorkPage />} />
            <Route path="work/organisations" element={<OrganisationsPage />} />
            <Route path="work/tenders" element={<WorklistPage />} />
            <Route path="work/tenders/new" element={<DraftPage />} />
            <Route path="work/tenders/:tenderId" element={<TenderDeskPage />} />
            <Route path="work/tenders/:tenderId/draft" element={<DraftPage />} />
            <Route path="work/accounts" element={<AccountsPage />} />
            <Route path="work/regions" element={<RegionsPage />} />
          </Route>
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}
