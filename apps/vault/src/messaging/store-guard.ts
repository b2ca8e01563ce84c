import type { OnModuleInit } from '@nestjs/common';
import type { Log } from '#service';
import type { VaultPorts } from '../use-cases/vault-ports.js';

/** The vault does not start on a store that does not hold what it promises: it tries, before anything is taken. */
export class StoreGuard implements OnModuleInit {
  constructor(
    private readonly store: Pick<VaultPorts['store'], 'probe'>,
    private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    const { isSound, isWriteOnce, summary, findings } = await this.store.probe();
    if (isSound) {
      this.log[isWriteOnce ? 'info' : 'warn']({ isWriteOnce }, summary);
      return;
    }
    const faults = findings
      .filter(({ isNeeded, result }) => isNeeded && result !== 'holds')
      .map(({ probe, detail, remedy }) => `${probe}: ${detail} ${remedy}`);
    throw new Error(`the vault does not start on this object store. ${faults.join('; ')}`);
  }
}
