import { DomainError } from '#kernel';
import type { LedgerErrorCode } from '#contracts';

export const refuseFolder = (folder: string): DomainError<LedgerErrorCode> =>
  new DomainError('witness.folder-in-use', `Another witness works in ${folder}.`, { folder });

export const refuseState = (key: string): DomainError<LedgerErrorCode> =>
  new DomainError(
    'witness.state-malformed',
    `${key} is not what this witness wrote. It signs nothing for this log until the file is restored.`,
    { key },
  );

export const refuseKey = (file: string, why: string): DomainError<LedgerErrorCode> =>
  new DomainError('witness.key-malformed', `${file}: ${why}`, { file });
