import { describe, expect, it } from '@jest/globals';
import { addMs } from '#kernel';
import type { OpeningStage } from '#contracts';
import { decide } from './decide.js';
import { REFUSALS_MAX } from './decide-session.js';
import { evolve } from './evolve.js';
import { type Opening, presentTrustees, waitingOpening } from './opening.js';
import type { OpeningCommand } from './opening-command.js';
import { newsOf } from './opening-news.js';
import { openingRules } from './opening-rules.js';
import type { OpenedItem } from './verdict.js';

const OPENS = '2026-12-14T08:00:00.000Z';
const HOUR_MS = 3_600_000;
const rules = openingRules({ openingHours: 2, rescueHours: 3 }, 1);
const after = (hours: number): string => addMs(OPENS, hours * HOUR_MS);
const NOW = after(1);
const RESCUE_ENDS = after(2 + 3);

const waiting = waitingOpening(
  { tenderId: 't', envelopeId: 'technical', of: 2, quorum: 2, opensAt: OPENS },
  rules,
);

const item = (alias: string): OpenedItem => ({
  alias,
  manifestSha256: alias,
  age: { sha256: alias, size: 1 },
  identity: 'AGE-SECRET-KEY-1',
  result: 'opened',
  fault: null,
  code: null,
  consequence: 'admitted',
  parts: [],
});
const ITEMS = [item('AB12'), item('CD34')];

type Step = OpeningCommand;
const attends = (trusteeIndex: number, now = NOW): Step => ({ type: 'attend', trusteeIndex, now });
const gives = (trusteeIndex: number, given: number, now = NOW): Step => ({
  type: 'take-shares',
  trusteeIndex,
  given,
  sharesSha256: `of ${trusteeIndex}`,
  now,
});
const reveals = (alias: string, now = after(3)): Step => ({ type: 'reveal-rescue', alias, now });
const stored = (differing: string[] = [], now = NOW): Step => ({ type: 'report-stored', differing, now });
const finishes = (items = ITEMS, now = NOW): Step => ({ type: 'finish', items, now });
const resumes = (now = NOW): Step => ({ type: 'resume', now });
const passes = (now: string): Step => ({ type: 'pass-time', now });
const refuses = (manifestSha256: string): Step => ({
  type: 'refuse-share',
  trusteeIndex: 1,
  manifestSha256,
  code: 'share.proof-invalid',
  now: NOW,
});
const halts = (): Step => ({ type: 'halt', fault: 'unknown', manifestSha256: 'm1', now: NOW });
const progresses = (): Step => ({ type: 'report-progress', opened: 1, now: NOW });

const given = (...steps: Step[]): Opening =>
  steps.reduce((opening, step) => decide(step, opening).reduce(evolve, opening), waiting);
const typesOf = (step: Step, opening: Opening): string[] => decide(step, opening).map(({ type }) => type);
const codeOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

const STATES: Readonly<Record<OpeningStage, Opening>> = {
  waiting,
  'in-session': given(attends(1)),
  combining: given(gives(1, 2), gives(2, 2)),
  opened: given(gives(1, 2), gives(2, 2), stored(), finishes()),
  rescue: given(passes(after(2))),
  'opened-by-bidders': given(
    passes(after(2)),
    reveals('AB12'),
    reveals('CD34'),
    passes(RESCUE_ENDS),
    stored([], RESCUE_ENDS),
    finishes(ITEMS, RESCUE_ENDS),
  ),
  failed: given(passes(after(2)), reveals('AB12'), passes(RESCUE_ENDS)),
  halted: given(gives(1, 2), gives(2, 2), stored(['m1'])),
};

/** What each command leads to at each stage: types of events, or the code of the refusal. */
const OUTCOMES: Readonly<Record<string, Readonly<Record<OpeningStage, string>>>> = {
  attend: {
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
    waiting: 'rescue.not-open',
    'in-session': 'rescue.not-open',
    rescue: 'rescue-revealed',
    combining: 'rescue.not-open',
    opened: 'rescue.not-open',
    'opened-by-bidders': 'rescue.not-open',
    failed: 'rescue.not-open',
    halted: 'rescue.not-open',
  },
  'pass-time': {
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

describe('shares', () => {
  it('count once there is one for every envelope, and the quorum’s last begins combining', () => {
    const half = given(gives(1, 2), gives(2, 1));
    expect([half.stage, presentTrustees(half)]).toEqual(['in-session', [1]]);
    expect(typesOf(gives(2, 2), half)).toEqual(['shares-taken', 'shares-given', 'combining-begun']);
  });

  it('given again change nothing', () => {
    const half = given(gives(1, 1));
    expect(decide(gives(1, 1), half)).toEqual([]);
    expect(decide(gives(1, 2), given(gives(1, 2)))).toEqual([]);
  });

  it('never become fewer, or more than there are envelopes', () => {
    expect(() => decide(gives(1, 3), waiting)).toThrow('invariant');
    expect(() => decide(gives(1, 0), given(gives(1, 1)))).toThrow('invariant');
  });

  it('that are false name their trustee once for each envelope, and not without end', () => {
    const once = given(refuses('m1'));
    expect(decide(refuses('m1'), once)).toEqual([]);
    expect(typesOf(refuses('m2'), once)).toEqual(['share-refused']);
    const full = given(...Array.from({ length: REFUSALS_MAX }, (_, n) => refuses(`m${n}`)));
    expect(decide(refuses('another'), full)).toEqual([]);
  });

  it('that are late for the session still end the rescue window', () => {
    const late = given(gives(1, 2), gives(2, 2, after(2)));
    expect([late.stage, late.openedBy]).toEqual(['combining', 'trustees']);
    expect(typesOf(gives(2, 2, after(2)), given(gives(1, 2)))).toContain('quorum-failed');
  });
});

describe('before anything is opened', () => {
  const combining = STATES.combining;

  it('the stored envelopes are checked: nothing is finished before', () => {
    expect(decide(finishes(), combining)).toEqual([]);
    expect(typesOf(finishes(), given(gives(1, 2), gives(2, 2), stored()))).toEqual(['envelopes-opened']);
  });

  it('one that differs halts all, and a supervisor’s word only brings another check', () => {
    const { halted } = STATES;
    expect(halted.halted).toMatchObject({ fault: 'platform', manifestSha256s: ['m1'] });
    expect(decide(finishes(), halted)).toEqual([]);
    const again = decide(resumes(), halted).reduce(evolve, halted);
    expect([again.stage, again.checkedAt, again.halted]).toEqual(['combining', null, null]);
    expect(decide(finishes(), again)).toEqual([]);
    expect(typesOf(stored(['m1']), again)).toEqual(['opening-halted']);
  });

  it('a fault that shows while opening halts too, and forgets the check', () => {
    const checked = given(gives(1, 2), gives(2, 2), stored());
    const stopped = decide(halts(), checked).reduce(evolve, checked);
    expect([stopped.stage, stopped.checkedAt, stopped.halted?.fault]).toEqual(['halted', null, 'unknown']);
  });

  it('every envelope has its result', () => {
    const checked = given(gives(1, 2), gives(2, 2), stored());
    expect(() => decide(finishes([ITEMS[0]!]), checked)).toThrow('invariant');
  });
});

describe('a quorum that fails', () => {
  it('fails at the very millisecond, not before', () => {
    expect(decide(passes(addMs(after(2), -1)), waiting)).toEqual([]);
    expect(typesOf(passes(after(2)), waiting)).toEqual(['quorum-failed']);
  });

  it('gives the whole window, however late it is decided', () => {
    const late = given(passes(after(50)));
    expect(late.rescueUntil).toBe(after(53));
  });

  it('opens by the bidders only if all revealed until the window ends', () => {
    const all = given(passes(after(2)), reveals('AB12'), reveals('CD34'));
    expect(all.stage).toBe('rescue');
    expect(decide(passes(addMs(RESCUE_ENDS, -1)), all)).toEqual([]);
    expect(typesOf(passes(RESCUE_ENDS), all)).toEqual(['combining-begun']);
    expect(typesOf(passes(RESCUE_ENDS), STATES.rescue)).toEqual(['opening-failed']);
  });

  it('takes no identity after the window, although nobody looked at the clock', () => {
    expect(codeOf(() => decide(reveals('AB12', RESCUE_ENDS), STATES.rescue))).toBe('rescue.not-open');
  });

  it('is over when trustees return and complete the quorum', () => {
    const opening = given(passes(after(2)), reveals('AB12'), gives(1, 2, after(3)), gives(2, 2, after(3)));
    expect([opening.stage, opening.openedBy]).toEqual(['combining', 'trustees']);
  });
});

describe('what is told', () => {
  it('hides who reveals a rescue identity, and that anybody does', () => {
    const [event] = decide(reveals('AB12'), STATES.rescue);
    expect(newsOf(event!, STATES.rescue)).toEqual([]);
  });

  it('names who came and who gave all when the quorum fails', () => {
    const opening = given(gives(3, 2), attends(1));
    const [event] = decide(passes(after(2)), opening);
    expect(newsOf(event!, evolve(opening, event!))).toEqual([
      {
        type: 'quorum-failed',
        data: {
          envelopeId: 'technical',
          attended: [1, 3],
          present: [3],
          quorum: 2,
          rescueUntil: RESCUE_ENDS,
        },
      },
    ]);
  });

  it('of a thousand opened envelopes is cut into parts that a ledger entry holds', () => {
    const items = Array.from({ length: 1_000 }, (_, n) => item(`n${n}`));
    const opened = { ...STATES.opened, of: 1_000 };
    const news = newsOf({ type: 'envelopes-opened', items, at: NOW }, opened);
    expect(news.map(({ data }) => data['part'])).toEqual(news.map((_, at) => at + 1));
    expect(news.flatMap(({ data }) => data['items'])).toEqual(items);
    for (const { data } of news) {
      expect(data['parts']).toBe(news.length);
      expect(JSON.stringify(data).length).toBeLessThan(60_000);
    }
  });
});
