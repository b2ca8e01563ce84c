export const stages = {
  draft: 'Draft',
  published: 'Open for bids',
  closed: 'Closed',
  'technical-opened': 'Technical bids opened',
  'scores-locked': 'Technical scores locked',
  'commercial-opened': 'Commercial bids opened',
  ranked: 'Ranked',
  standstill: 'Standstill',
  awarded: 'Awarded',
  suspended: 'Suspended',
  failed: 'Failed',
  cancelled: 'Cancelled',
} as const;
