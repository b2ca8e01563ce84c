import { describe, expect, it } from '@jest/globals';
import type { OpeningStage } from '#contracts';
import {
  after,
  attends,
  codeOf,
  finishes,
  gives,
  halts,
  NOW,
  passes,
  progresses,
  refuses,
  releases,
  resumes,
  reveals,
  STATES,
  type Step,
  stored,
  typesOf,
} from '../../../test-support/opening-steps.js';

/** What each command leads to at each stage: types of events, or the code of the refusal. */
const OUTCOMES: Readonly<Record<string, Readonly<Record<OpeningStage, string>>>> = {
  attend: {
    'bidder-keys': 'opening.not-yet',
    waiting: 'trustee-attended',
    'in-session': 'trustee-attended',
    rescue: 'trustee-attended',
    combining: 'opening.already-done',
    opened: 'opening.already-done',
    'opened-by-bidders': 'opening.already-done',
    failed: 'opening.failed',
    halted: 'opening.halted',
  },
  'take-shares': {
    'bidder-keys': 'opening.not-yet',
    waiting: 'trustee-attended,shares-taken',
    'in-session': 'trustee-attended,shares-taken',
    rescue: 'trustee-attended,shares-taken',
    combining: 'opening.already-done',
    opened: 'opening.already-done',
    'opened-by-bidders': 'opening.already-done',
    failed: 'opening.failed',
    halted: 'opening.halted',
  },
  'refuse-share': {
    'bidder-keys': 'opening.not-yet',
    waiting: 'share-refused',
    'in-session': 'share-refused',
    rescue: 'share-refused',
    combining: 'opening.already-done',
    opened: 'opening.already-done',
    'opened-by-bidders': 'opening.already-done',
    failed: 'opening.failed',
    halted: 'opening.halted',
  },
  'reveal-rescue': {
    'bidder-keys': 'rescue.not-open',
    waiting: 'rescue.not-open',
    'in-session': 'rescue.not-open',
    rescue: 'rescue-revealed',
    combining: 'rescue.not-open',
    opened: 'rescue.not-open',
    'opened-by-bidders': 'rescue.not-open',
    failed: 'rescue.not-open',
    halted: 'rescue.not-open',
  },
  'release-key': {
    'bidder-keys': 'bidder-key-released,bidder-keys-closed',
    waiting: 'bidder-key.not-open',
    'in-session': 'bidder-key.not-open',
    rescue: 'bidder-key.not-open',
    combining: 'bidder-key.not-open',
    opened: 'bidder-key.not-open',
    'opened-by-bidders': 'bidder-key.not-open',
    failed: 'bidder-key.not-open',
    halted: 'bidder-key.not-open',
  },
  'pass-time': {
    'bidder-keys': 'bidder-keys-closed',
    waiting: 'quorum-failed',
    'in-session': 'quorum-failed',
    rescue: 'opening-failed',
    combining: '',
    opened: '',
    'opened-by-bidders': '',
    failed: '',
    halted: '',
  },
  'report-stored': {
    'bidder-keys': '',
    waiting: '',
    'in-session': '',
    rescue: '',
    combining: 'stored-envelopes-checked',
    opened: '',
    'opened-by-bidders': '',
    failed: '',
    halted: '',
  },
  'report-progress': {
    'bidder-keys': '',
    waiting: '',
    'in-session': '',
    rescue: '',
    combining: '',
    opened: '',
    'opened-by-bidders': '',
    failed: '',
    halted: '',
  },
  halt: {
    'bidder-keys': '',
    waiting: '',
    'in-session': '',
    rescue: '',
    combining: '',
    opened: '',
    'opened-by-bidders': '',
    failed: '',
    halted: '',
  },
  finish: {
    'bidder-keys': '',
    waiting: '',
    'in-session': '',
    rescue: '',
    combining: '',
    opened: '',
    'opened-by-bidders': '',
    failed: '',
    halted: '',
  },
  resume: {
    'bidder-keys': 'opening.not-halted',
    waiting: 'opening.not-halted',
    'in-session': 'opening.not-halted',
    rescue: 'opening.not-halted',
    combining: 'opening.not-halted',
    opened: 'opening.not-halted',
    'opened-by-bidders': 'opening.not-halted',
    failed: 'opening.not-halted',
    halted: 'opening-resumed',
  },
};

const COMMANDS: Readonly<Record<string, Step>> = {
  attend: attends(3),
  'take-shares': gives(3, 1),
  'refuse-share': refuses('m1'),
  'reveal-rescue': reveals('AB12', NOW),
  'release-key': releases('CD34'),
  'pass-time': passes(after(100)),
  'report-stored': stored(),
  'report-progress': progresses(),
  halt: halts(),
  finish: finishes(),
  resume: resumes(),
};

describe('every command at every stage', () => {
  const table = Object.entries(OUTCOMES).flatMap(([command, outcomes]) =>
    Object.entries(outcomes).map(([stage, outcome]) => [command, stage, outcome] as const),
  );
  it.each(table)('%s when %s: %s', (command, stage, outcome) => {
    const opening = STATES[stage as OpeningStage];
    expect(opening.stage).toBe(stage);
    let found: string | undefined;
    const code = codeOf(() => (found = typesOf(COMMANDS[command]!, opening).join()));
    expect(code ?? found).toBe(outcome);
  });
});
