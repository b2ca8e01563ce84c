import type { ErrorTable } from './error-table.js';

const refused = (title: string, status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 = 422) =>
  ({ status, title, retry: false }) as const;

/** Access and transport: any request may meet these. */
export const transportErrors = {
  'request.malformed': refused('Request does not fit its schema', 400),
  'request.too-large': refused('Request is too large', 413),
  'request.media-type-wrong': refused('Media type not accepted here', 415),
  'request.idempotency-key-missing': refused('Idempotency-Key header is missing', 400),
  'request.origin-foreign': refused('Request comes from another site', 403),
  'route.unknown': refused('No such address', 404),
  'session.missing': refused('Sign in first', 401),
  'sign-in.refused': refused('Login or password is wrong', 401),
  'sign-in.too-many': { status: 429, title: 'Too many attempts', retry: true },
  'access.denied': refused('Not allowed for your role', 403),
  'internal.error': { status: 500, title: 'Something went wrong on our side', retry: true },
  'version.conflict': { status: 409, title: 'Changed by someone else meanwhile', retry: true },
} as const satisfies ErrorTable;

export const registrationErrors = {
  'credit-code.invalid': refused('Credit code is not valid'),
  'organisation.already-registered': refused('Organisation is registered already', 409),
  'organisation.unknown': refused('No such organisation', 404),
  'organisation.already-reviewed': refused('Organisation was reviewed already', 409),
  'organisation.not-approved': refused('Organisation is not approved', 403),
  'login.taken': refused('Login is taken', 409),
  'password.too-weak': refused('Password is too weak'),
  'role.not-grantable': refused('Role cannot be granted this way'),
  'grant.without-end': refused('A grant must end in the future'),
  'person.unknown': refused('No such person', 404),
  'certificate.unknown': refused('Certificate is not of this platform', 422),
} as const satisfies ErrorTable;

export const tenderingErrors = {
  'template.unknown': refused('No such template', 404),
  'tender.unknown': refused('No such tender', 404),
  'tender.wrong-stage': refused('Not possible at this stage', 409),
  'tender.suspended': { status: 409, title: 'Tender is suspended', retry: true },
  'tender.not-suspended': refused('Tender is not suspended', 409),
  'tender.postponed': refused('Deadline passed during the suspension', 409),
  'document.unknown': refused('No such document', 404),
  'committee.invalid': refused('Committee of trustees is not valid'),
  'committee.incomplete': refused('Key statements of trustees are missing', 409),
  'panel.invalid': refused('Expert panel is not valid'),
  'deadline.too-early': refused('Deadline is too early'),
  'trustee.not-appointed': refused('Not a trustee of this tender', 403),
  'rehearsal.unknown': refused('No rehearsal with this committee', 404),
  'statement.invalid': refused('Key statement is not valid'),
  'question.too-late': refused('Time for questions is over', 409),
  'question.too-many': refused('Too many questions', 429),
  'question.unknown': refused('No such question', 404),
  'question.already-answered': refused('Question was answered already', 409),
  'standstill.not-over': { status: 409, title: 'Standstill is not over', retry: true },
} as const satisfies ErrorTable;

export const vaultErrors = {
  'tender.not-open': refused('Tender takes no bids', 409),
  'participation.full': refused('Tender takes no more participants', 409),
  'participation.missing': refused('Take part first', 409),
  'bid.late': refused('Deadline has passed', 409),
  'bid.unknown': refused('No such bid', 404),
  'bid.sequence-wrong': refused('Not the next version of the bid', 409),
  'bid.previous-wrong': refused('Does not follow the previous version', 409),
  'bid.envelopes-wrong': refused('Not exactly one manifest for each envelope'),
  'bid.body-missing': refused('Envelope body was not sent', 409),
  'bid.body-late': refused('Time for envelope bodies is over', 409),
  'envelope.not-committed': refused('No manifest commits to this envelope', 409),
  'bid.other-organisation': refused('Signed by another organisation', 403),
  'bid.too-many-versions': refused('Too many versions of one bid', 429),
  'opening.not-yet': { status: 409, title: 'Not opened yet', retry: true },
  'opening.not-entitled': refused('Not a trustee of this tender', 403),
  'opening.already-done': refused('Opened already', 409),
  'opening.halted': refused('Opening is halted', 409),
  'opening.not-halted': refused('Opening is not halted', 409),
  'opening.failed': refused('Opening has failed', 409),
  'rescue.not-open': refused('No time for rescue identities', 409),
  'rescue.already-revealed': refused('Rescue identity was revealed already', 409),
  'rescue.identity-wrong': refused('Identity does not open the envelope'),
  'objection.not-open': refused('No time for objections', 409),
  'objection.too-many': refused('Too many objections', 429),
  'share.unexpected': refused('Share for an envelope that is not to be opened'),
} as const satisfies ErrorTable;

export const scoringErrors = {
  'scoring.not-open': { status: 409, title: 'Scoring is not open', retry: true },
  'scoring.not-locked': { status: 409, title: 'Scores are not locked', retry: true },
  'expert.not-appointed': refused('Not an expert of this tender', 403),
  'declaration.missing': refused('Declare conflicts first', 409),
  'declaration.already-made': refused('Declaration was made already', 409),
  'sheet.already-signed': refused('Sheet was signed already', 409),
  'sheet.incomplete': refused('Sheet is not complete'),
  'score.out-of-range': refused('Score is out of range'),
  'evaluation.not-yet': { status: 409, title: 'Not evaluated yet', retry: true },
  'report.not-yet': { status: 503, title: 'Report is being made', retry: true },
  'report.too-large': refused('Report would be too large', 413),
  'entry.unknown': { status: 404, title: 'Not in the ledger yet', retry: true },
} as const satisfies ErrorTable;
