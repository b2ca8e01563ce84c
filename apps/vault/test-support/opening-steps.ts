import { addMs } from '#kernel';
import type { OpeningStage } from '#contracts';
import { decide } from '../src/domain/opening/decide.js';
import { evolve } from '../src/domain/opening/evolve.js';
import { type Opening, waitingOpening } from '../src/domain/opening/opening.js';
import type { OpeningCommand } from '../src/domain/opening/opening-command.js';
import { openingRules } from '../src/domain/opening/opening-rules.js';
import type { OpenedItem } from '../src/domain/opening/verdict.js';

export const OPENS = '2026-12-14T08:00:00.000Z';
export const HOUR_MS = 3_600_000;
export const rules = openingRules({ openingHours: 2, rescueHours: 3 }, 1);
export const after = (hours: number): string => addMs(OPENS, hours * HOUR_MS);
export const NOW = after(1);
export const RESCUE_ENDS = after(2 + 3);

export const waiting = waitingOpening(
  { tenderId: 't', envelopeId: 'technical', of: 2, quorum: 2, opensAt: OPENS },
  rules,
);

/** The same, in a tender that asks for keys of bidders' own: they have four hours. */
export const keyed = waitingOpening(
  { tenderId: 't', envelopeId: 'technical', of: 2, quorum: 2, opensAt: OPENS },
  openingRules({ openingHours: 2, rescueHours: 3, bidderKey: true, bidderKeyHours: 4 }, 1),
);

export const item = (alias: string): OpenedItem => ({
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
export const ITEMS = [item('AB12'), item('CD34')];

export type Step = OpeningCommand;
export const attends = (trusteeIndex: number, now = NOW): Step => ({ type: 'attend', trusteeIndex, now });
export const gives = (trusteeIndex: number, given: number, now = NOW): Step => ({
  type: 'take-shares',
  trusteeIndex,
  given,
  sharesSha256: `of ${trusteeIndex}`,
  now,
});
export const reveals = (alias: string, now = after(3)): Step => ({ type: 'reveal-rescue', alias, now });
export const releases = (alias: string, now = NOW): Step => ({ type: 'release-key', alias, now });
export const stored = (differing: string[] = [], now = NOW): Step => ({
  type: 'report-stored',
  differing,
  now,
});
export const finishes = (items = ITEMS, now = NOW): Step => ({ type: 'finish', items, now });
export const resumes = (now = NOW): Step => ({ type: 'resume', now });
export const goesOn = (since: string, resumedAt: string): Step => ({
  type: 'go-on',
  since,
  resumedAt,
  now: resumedAt,
});
export const passes = (now: string): Step => ({ type: 'pass-time', now });
export const refuses = (manifestSha256: string): Step => ({
  type: 'refuse-share',
  trusteeIndex: 1,
  manifestSha256,
  code: 'share.proof-invalid',
  now: NOW,
});
export const halts = (): Step => ({ type: 'halt', fault: 'unknown', manifestSha256: 'm1', now: NOW });
export const progresses = (): Step => ({ type: 'report-progress', opened: 1, now: NOW });

const played = (from: Opening, steps: readonly Step[]): Opening =>
  steps.reduce((opening, step) => decide(step, opening).reduce(evolve, opening), from);
export const given = (...steps: Step[]): Opening => played(waiting, steps);
export const givenKeyed = (...steps: Step[]): Opening => played(keyed, steps);
export const typesOf = (step: Step, opening: Opening): string[] =>
  decide(step, opening).map(({ type }) => type);
export const codeOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

export const STATES: Readonly<Record<OpeningStage, Opening>> = {
  'bidder-keys': givenKeyed(releases('AB12')),
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
