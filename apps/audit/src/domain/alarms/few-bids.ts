import { type AlarmRule, indicesOf, type Scene } from './alarm-rule.js';

/** A single bid, or fewer than the procedure asks for. */
export const fewBids: AlarmRule = {
  name: 'few-bids',
  scope: 'tender',
  reads: ['tendering.tender-published', 'vault.bids-closed'],
  decide: ({ acts }: Scene) => {
    const close = acts.find(({ type }) => type === 'vault.bids-closed');
    const published = acts.find(({ type }) => type === 'tendering.tender-published');
    const [count, bidsMin] = [close?.data['count'], published?.data['bidsMin']];
    if (close === undefined || typeof count !== 'number') return [];
    const least = typeof bidsMin === 'number' ? Math.max(bidsMin, 2) : 2;
    if (count >= least) return [];
    return [
      {
        rule: fewBids.name,
        severity: count === 1 ? ('warning' as const) : ('info' as const),
        tenderId: close.tenderId,
        key: `${fewBids.name} ${close.tenderId}`,
        evidence: {
          entries: indicesOf(published ? [published, close] : [close]),
          values: { bids: count, bidsMin: typeof bidsMin === 'number' ? bidsMin : null },
        },
      },
    ];
  },
};
