import { isDomainError } from '#kernel';
import type { Outcome } from '#database';
import { commitGroup, type Intake } from './commit-group.js';
import type { Receipt } from './receipt.js';
import type { VaultPorts } from '../vault-ports.js';

/** So many acts at most wait for one write to the disk together. */
const GROUP_MAX = 128;

interface Waiting {
  readonly intake: Intake;
  readonly done: (receipt: Receipt) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * The one writer of this process: what comes while a group is being committed goes into the next one. A rush before a
 * deadline costs one transaction for many bids instead of one each. Other processes may have writers too; the rows
 * they lock keep them apart.
 */
export class IntakeWriter {
  private waiting: Waiting[] = [];
  private isWriting = false;

  constructor(private readonly ports: Pick<VaultPorts, 'vault' | 'signer' | 'isStamping'>) {}

  /** Resolves when the act is durable. Throws as `decideCommit`, and what the database throws. */
  commit(intake: Intake): Promise<Receipt> {
    return new Promise((done, failed) => {
      this.waiting.push({ intake, done, failed });
      void this.write();
    });
  }

  private async write(): Promise<void> {
    if (this.isWriting) return;
    this.isWriting = true;
    while (this.waiting.length > 0) await this.writeGroup(this.waiting.splice(0, GROUP_MAX));
    this.isWriting = false;
  }

  private async writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await commitGroup(
        this.ports,
        group.map(({ intake }) => intake),
      );
      for (const [at, waiting] of group.entries()) settle(waiting, outcomes[at]!);
    } catch (error) {
      // A refusal of the whole is the database's. Anything else may be the fault of one, who must not take others along.
      if (group.length === 1 || isDomainError(error)) for (const { failed } of group) failed(error);
      else for (const one of group) await this.writeGroup([one]);
    }
  }
}

function settle({ done, failed }: Waiting, outcome: Outcome<Receipt>): void {
  if (outcome.ok) done(outcome.answer);
  else failed(outcome.error);
}
