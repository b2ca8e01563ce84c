import { useAnswer } from '../api/use-answer.js';
import { useSession } from '../session/use-session.js';

/** Whether whoever is signed in is a bidder who takes part in the tender; only they are told. */
export function useTakesPart(tenderId: string): boolean {
  const session = useSession();
  const isBidder = session?.roles.includes('bidder') ?? false;
  const own = useAnswer('getOwnBid', isBidder ? { tenderId } : null);
  return typeof own.data?.joinedAt === 'string';
}
