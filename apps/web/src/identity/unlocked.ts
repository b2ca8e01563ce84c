import type { SigningIdentity } from './signing-identity.js';

/** The unlocked key of whoever is signed in: in memory alone, and gone with the page. */
let unlocked: { readonly personId: string; readonly identity: SigningIdentity } | undefined;
const listeners = new Set<() => void>();

export function setUnlocked(personId: string, identity: SigningIdentity): void {
  unlocked = { personId, identity };
  for (const listener of listeners) listener();
}

export function lock(): void {
  unlocked = undefined;
  for (const listener of listeners) listener();
}

export const unlockedFor = (personId: string): SigningIdentity | undefined =>
  unlocked?.personId === personId ? unlocked.identity : undefined;

export function onUnlocked(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
