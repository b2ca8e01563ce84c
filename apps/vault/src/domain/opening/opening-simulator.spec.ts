import { describe, expect, it } from '@jest/globals';
import { addMs, isDomainError } from '#kernel';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import { isOpened, type Opening, presentTrustees, waitingOpening } from './opening.js';
import type { OpeningCommand } from './opening-command.js';
import { openingRules } from './opening-rules.js';
import type { OpenedItem } from './verdict.js';

const SEEDS = 2_000;
const STEPS = 60;
const OPENS = '2026-12-14T08:00:00.000Z';
const MINUTE_MS = 60_000;

/** Numbers below a bound that look like chance and are the same for the same seed. */
function chanceOf(seed: number): (bound: number) => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

/** An opening with what lies beside it in rows: shares, rescue identities, and whether the store holds true bytes. */
class World {
  readonly chance: (bound: number) => number;
  readonly aliases: string[];
  readonly trustees: number;
  readonly shares = new Map<number, Set<number>>();
  readonly revealed = new Set<string>();
  opening: Opening;
  now = OPENS;
  isAltered = false;

  constructor(readonly seed: number) {
    this.chance = chanceOf(seed);
    const of = 1 + this.chance(4);
    this.aliases = Array.from({ length: of }, (_, n) => `AA${10 + n}`);
    this.trustees = 3 + this.chance(3);
    const quorum = 2 + this.chance(this.trustees - 2);
    // Every third history is that of a tender that asks for keys of bidders' own.
    const keys = seed % 3 === 0 ? { bidderKey: true, bidderKeyHours: 1 } : {};
    const rules = openingRules({ openingHours: 2, rescueHours: 2, ...keys }, 1);
    this.opening = waitingOpening(
      { tenderId: 't', envelopeId: 'technical', of, quorum, opensAt: OPENS },
      rules,
    );
    this.isAltered = this.chance(3) === 0;
  }

  next(): OpeningCommand {
    this.now = addMs(this.now, this.chance(12) * MINUTE_MS);
    const { now } = this;
    const trusteeIndex = 1 + this.chance(this.trustees);
    const alias = this.aliases[this.chance(this.aliases.length)]!;
    switch (this.chance(this.opening.stage === 'bidder-keys' ? 15 : 12)) {
      case 12:
      case 13:
      case 14:
        return { type: 'release-key', alias, now };
      case 0:
        return { type: 'attend', trusteeIndex, now };
      case 1:
      case 2:
        return this.give(trusteeIndex);
      case 3:
        return {
          type: 'refuse-share',
          trusteeIndex,
          manifestSha256: alias,
          code: 'share.proof-invalid',
          now,
        };
      case 4:
      case 5:
        return { type: 'reveal-rescue', alias, now };
      case 6:
        return { type: 'report-stored', differing: this.isAltered ? [alias] : [], now };
      case 7:
        return { type: 'halt', fault: 'unknown', manifestSha256: alias, now };
      case 8:
        return { type: 'finish', items: this.aliases.map((name) => ({ alias: name }) as OpenedItem), now };
      case 9:
        this.isAltered &&= this.chance(2) === 0;
        return { type: 'resume', now };
      case 10: {
        // Now and then a supervisor stops the clocks for half an hour.
        const since = now;
        this.now = addMs(now, 30 * MINUTE_MS);
        return { type: 'go-on', since, resumedAt: this.now, now: this.now };
      }
      default:
        return { type: 'pass-time', now };
    }
  }

  /** Some shares, of which some may have been given before; rows are kept only if the command is accepted. */
  private give(trusteeIndex: number): OpeningCommand {
    // While keys are awaited the caller knows of no envelope that is to be opened, and only looks at the clock.
    if (this.opening.stage === 'bidder-keys') return { type: 'pass-time', now: this.now };
    const own = new Set(this.shares.get(trusteeIndex));
    const { of } = this.opening;
    for (let n = 1 + this.chance(4); n > 0; n--) own.add(this.chance(of));
    return { type: 'take-shares', trusteeIndex, given: own.size, sharesSha256: 'x', now: this.now };
  }

  /** Decides and keeps what came of it; a refusal changes nothing. */
  play(command: OpeningCommand): Opening[] {
    try {
      const passed = [];
      for (const event of decide(command, this.opening)) {
        this.opening = evolve(this.opening, event);
        passed.push(this.opening);
        if (event.type === 'bidder-keys-closed') this.shares.clear();
        if (event.type === 'rescue-revealed') this.revealed.add(event.alias);
        if (event.type === 'shares-taken') {
          this.shares.set(event.trusteeIndex, new Set(Array.from({ length: event.given }, (_, n) => n)));
        }
      }
      return passed;
    } catch (error) {
      if (isDomainError(error)) return [];
      throw error;
    }
  }

  /** Trustees of whom there is a share for every envelope, by the rows. */
  complete(): number {
    return [...this.shares.values()].filter(({ size }) => size === this.opening.of).length;
  }
}

/** What must hold after every event, whatever the order of commands. */
function requireSound(world: World, before: Opening, after: Opening): void {
  const { quorum, of } = after;
  if (after.stage === 'opened' || (after.stage === 'combining' && after.openedBy === 'trustees')) {
    expect(presentTrustees(after).length).toBeGreaterThanOrEqual(quorum);
    expect(world.complete()).toBeGreaterThanOrEqual(quorum);
  }
  if (isOpened(after)) expect([after.halted, after.checkedAt !== null]).toEqual([null, true]);
  const { keys } = after;
  if (keys !== null) {
    if (before.keys?.closedAt) expect(keys.released).toBe(before.keys.released);
    const isWindow = after.stage === 'bidder-keys';
    expect(keys.closedAt === null).toBe(isWindow);
    if (isWindow) expect([after.trustees, after.openedAt]).toEqual([[], null]);
    else expect([keys.released.length, keys.missing + of]).toEqual([of, world.aliases.length]);
  }
  if (after.openedBy === 'bidders') {
    expect(new Set(after.rescued).size).toBe(of);
    expect(world.revealed.size).toBe(of);
    expect(after.stage === 'opened').toBe(false);
  }
  if (after.stage === 'failed') expect([after.openedAt, after.openedBy]).toEqual([null, null]);
  if (before.stage === 'halted') expect(['halted', 'combining']).toContain(after.stage);
  if (isOpened(before) || before.stage === 'failed') expect(after).toBe(before);
  if (before.stage !== 'combining') expect(isOpened(after)).toBe(isOpened(before));
}

describe(`the opening under ${SEEDS} random histories`, () => {
  it('never opens with fewer than k complete trustees, nor when halted, nor some bidders without the others', () => {
    const ends: Record<string, number> = {};
    for (let seed = 1; seed <= SEEDS; seed++) {
      const world = new World(seed);
      try {
        for (let step = 0; step < STEPS; step++) {
          let before = world.opening;
          for (const after of world.play(world.next())) {
            requireSound(world, before, after);
            before = after;
          }
        }
      } catch (error) {
        throw new Error(`seed ${seed} fails`, { cause: error });
      }
      ends[world.opening.stage] = (ends[world.opening.stage] ?? 0) + 1;
    }
    // The histories reach every end, or the rules above were not put to a test.
    for (const stage of ['opened', 'opened-by-bidders', 'failed', 'halted', 'rescue']) {
      expect([stage, (ends[stage] ?? 0) > 0]).toEqual([stage, true]);
    }
  });
});
