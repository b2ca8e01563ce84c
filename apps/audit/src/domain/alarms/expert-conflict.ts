import { type AlarmRule, type FoundAlarm, indicesOf, type Scene, type WatchedAct } from './alarm-rule.js';

interface Bidder {
  readonly organisationId: string;
  readonly certificateSha256: string;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textsOf = (value: unknown): string[] => listOf(value).filter((item) => typeof item === 'string');

const biddersOf = ({ data }: WatchedAct): Bidder[] =>
  listOf(data['bidders']).filter(
    (bidder): bidder is Bidder => typeof bidder === 'object' && bidder !== null && 'organisationId' in bidder,
  );

/**
 * An expert of a tender who belongs to a bidder's organisation, who acted for a bidder, or whose certificate a bidder
 * signed with. Known when scores are locked: then the bidders are named and their acts revealed.
 */
export const expertConflict: AlarmRule = {
  name: 'expert-conflict',
  scope: 'tender',
  reads: [
    'tendering.tender-published',
    'vault.bidders-named',
    'vault.participation-begun',
    'vault.bid-submitted',
    'registration.certificate-issued',
  ],
  decide: ({ acts, belonging }: Scene): FoundAlarm[] => {
    const named = acts.filter(({ type }) => type === 'vault.bidders-named');
    const published = acts.find(({ type }) => type === 'tendering.tender-published');
    const bidders = named.flatMap(biddersOf);
    const organisations = new Set(bidders.map(({ organisationId }) => organisationId));
    const signedWith = new Set(bidders.map(({ certificateSha256 }) => certificateSha256));
    if (published === undefined || organisations.size === 0) return [];
    return textsOf(published.data['expertIds']).flatMap((expertId) => {
      const found = (
        how: string,
        more: readonly WatchedAct[],
        organisationId: string | null,
      ): FoundAlarm => ({
        rule: expertConflict.name,
        severity: 'critical',
        tenderId: published.tenderId,
        key: `${expertConflict.name} ${published.tenderId} ${expertId} ${how}`,
        evidence: {
          entries: indicesOf([published, ...named, ...more]),
          values: { how, expertId, organisationId },
        },
      });
      const organisationId = belonging.get(expertId) ?? null;
      const own = acts.filter(
        ({ type, personId }) =>
          personId === expertId && (type === 'vault.participation-begun' || type === 'vault.bid-submitted'),
      );
      const certified = acts.filter(
        ({ type, data }) =>
          type === 'registration.certificate-issued' &&
          data['personId'] === expertId &&
          signedWith.has(String(data['certificateSha256'])),
      );
      return [
        ...(organisationId !== null && organisations.has(organisationId)
          ? [found('same-organisation', [], organisationId)]
          : []),
        ...(own.length > 0 ? [found('same-person', own, null)] : []),
        ...(certified.length > 0 ? [found('same-certificate', certified, null)] : []),
      ];
    });
  },
};
