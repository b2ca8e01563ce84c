import {
  askQuestion,
  createAccount,
  createTender,
  getAuthority,
  getBoqComparison,
  getBoqReport,
  getDescriptor,
  getEvaluation,
  getLedgerIdentity,
  getOpeningProofs,
  getOpeningRecord,
  getOrganisation,
  getOwnBid,
  getReconciliation,
  getTechnicalResult,
  getTender,
  getWitnessedCheckpoint,
  getWitnessPolicy,
  issueCertificate,
  joinTender,
  listAccounts,
  listEntries,
  listLowerCentres,
  listOrganisations,
  listPeople,
  listQuestions,
  listTemplates,
  listTenders,
  proveEntry,
  readOpenedEnvelope,
  readTenderDocument,
  registerOrganisation,
  resumeTender,
  reviewOrganisation,
  type RequestContract,
  type Role,
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
  [getBoqComparison, { to: ['supervisor'], because: 'supervision watches every published tender' }],
  [getBoqReport, { to: ['supervisor'], because: 'supervision watches every published tender' }],
  [proveEntry, { to: EVERYONE, because: 'the ledger is public' }],
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
  [getTender, listQuestions, readTenderDocument].map((contract) => [
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
  [listTemplates, 'the same for every buyer'],
  [listOrganisations, 'whoever may call sees all of them'],
  [listPeople, 'whoever may call sees all of them'],
  [listAccounts, 'the administrator sees all of them'],
  [listTenders, 'shows published ones and the own; held to that by a test of its own'],
  [listEntries, 'supervision sees every entry'],
  [getReconciliation, 'supervision compares everything'],
]);

/** Requests that are right to answer 200 about an unknown id, as `service.verb-noun leaf`. */
export const ANSWERED_FOR_UNKNOWN: Readonly<Record<string, string>> = {
  'audit.list-entries tenderId': 'a filter: nothing that is not there is shown',
};
