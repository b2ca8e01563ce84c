import {
  askQuestion,
  checkMethod,
  createAccount,
  createTender,
  getAlarm,
  explainOffer,
  getAuthority,
  getAbnormalPrices,
  getBoqComparison,
  getBoqReport,
  getCorrections,
  getDescriptor,
  getEvaluation,
  getLedgerIdentity,
  getOpeningProofs,
  getOpeningRecord,
  getOrganisation,
  getOwnBid,
  getReconciliation,
  getRobustness,
  getTechnicalResult,
  getTender,
  getTimeline,
  getWitnessedCheckpoint,
  getWitnessPolicy,
  handleAlarm,
  issueCertificate,
  joinTender,
  listAccounts,
  listAlarms,
  listEntries,
  listLowerCentres,
  listOrganisations,
  listPeople,
  listQuestions,
  listTemplates,
  listTenders,
  previewMethod,
  proveEntry,
  readOpenedEnvelope,
  readTenderDocument,
  registerOrganisation,
  requestExport,
  resumeTender,
  reviewOrganisation,
  type RequestContract,
  type Role,
  simulateMethod,
  suspendTender,
} from '#contracts';

export type Caller = Role | 'nobody';

export const EVERYONE: readonly Caller[] = [
  'nobody',
  'administrator',
  'registrar',
  'buyer',
  'bidder',
  'trustee',
  'expert',
  'supervisor',
];

interface Opening {
  readonly to: readonly Caller[];
  readonly because: string;
}

const publicRecord: Opening = { to: EVERYONE, because: 'part of the public record of a published tender' };

/** Requests that are answered for callers who have no part in the thing that they name. */
export const OPEN_TO_OTHERS: ReadonlyMap<RequestContract, Opening> = new Map<RequestContract, Opening>([
  [getTender, publicRecord],
  [listQuestions, publicRecord],
  [readTenderDocument, publicRecord],
  [getDescriptor, publicRecord],
  [getOpeningRecord, publicRecord],
  [getOpeningProofs, publicRecord],
  [readOpenedEnvelope, publicRecord],
  [getTechnicalResult, publicRecord],
  [getEvaluation, publicRecord],
  [explainOffer, { to: EVERYONE, because: 'after the award every bid is explained to everyone' }],
  [getCorrections, publicRecord],
  [getRobustness, publicRecord],
  [getAbnormalPrices, { to: ['supervisor'], because: 'supervision watches every published tender' }],
  [getBoqComparison, { to: ['supervisor'], because: 'supervision watches every published tender' }],
  [getBoqReport, { to: ['supervisor'], because: 'supervision watches every published tender' }],
  [proveEntry, { to: EVERYONE, because: 'the ledger is public' }],
  [getTimeline, { to: ['supervisor'], because: 'supervision watches every tender' }],
  [suspendTender, { to: ['supervisor'], because: 'supervision watches every published tender' }],
  [resumeTender, { to: ['supervisor'], because: 'supervision watches every published tender' }],
  [getOwnBid, { to: ['bidder'], because: 'shows the own acts, which are none' }],
  [joinTender, { to: ['bidder'], because: 'every approved organisation may take part' }],
  [askQuestion, { to: ['bidder'], because: 'every bidder may ask' }],
  [
    getOrganisation,
    { to: ['registrar', 'administrator', 'supervisor'], because: 'these roles see every organisation' },
  ],
]);

/** A draft of another is open to these alone. */
export const OPEN_DRAFTS: ReadonlyMap<RequestContract, Opening> = new Map<RequestContract, Opening>(
  [getTender, getTimeline, listQuestions, readTenderDocument].map((contract) => [
    contract,
    { to: ['supervisor'], because: 'supervision sees drafts' },
  ]),
);

/** Requests that name nothing which could be another’s to whoever may send them. */
export const NOTHING_OWNED: ReadonlyMap<RequestContract, string> = new Map<RequestContract, string>([
  [registerOrganisation, 'makes a new organisation'],
  [createAccount, 'makes a new account'],
  [reviewOrganisation, 'every registrar reviews every organisation'],
  [createTender, 'makes a draft of the own'],
  [issueCertificate, 'certifies the own key; whose it is comes from the session'],
  [getAuthority, 'one for all'],
  [getLedgerIdentity, 'one for all'],
  [getWitnessedCheckpoint, 'one for all'],
  [listLowerCentres, 'which ledgers are followed is public'],
  [getWitnessPolicy, 'whose witnesses the ledger has is public'],
  [checkMethod, 'judges the document that it carries'],
  [previewMethod, 'ranks the sample bids that it carries'],
  [simulateMethod, 'tries the sample bids that it carries'],
  [listTemplates, 'the same for every buyer'],
  [listOrganisations, 'whoever may call sees all of them'],
  [listPeople, 'whoever may call sees all of them'],
  [listAccounts, 'the administrator sees all of them'],
  [listTenders, 'shows published ones and the own; held to that by a test of its own'],
  [listEntries, 'supervision sees every entry'],
  [listAlarms, 'supervision sees every alarm'],
  [requestExport, 'makes a file of one’s own'],
  [getAlarm, 'supervision sees every alarm'],
  [handleAlarm, 'supervision handles every alarm'],
  [getReconciliation, 'supervision compares everything'],
]);

/** Requests that are right to answer 200 about an unknown id, as `service.verb-noun leaf`. */
export const ANSWERED_FOR_UNKNOWN: Readonly<Record<string, string>> = {
  'audit.list-entries tenderId': 'a filter: nothing that is not there is shown',
  'audit.list-entries organisationId': 'a filter: nothing that is not there is shown',
  'audit.list-entries personId': 'a filter: nothing that is not there is shown',
  'audit.request-export tenderId': 'a filter: nothing that is not there is written',
  'audit.request-export organisationId': 'a filter: nothing that is not there is written',
  'audit.request-export personId': 'a filter: nothing that is not there is written',
  'audit.get-timeline tenderId': 'refusals that name it are entered, and shown',
  'audit.list-alarms tenderId': 'a filter: nothing that is not there is shown',
};
