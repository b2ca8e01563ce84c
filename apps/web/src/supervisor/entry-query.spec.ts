import { describe, expect, it } from '@jest/globals';
import { readEntryQuery } from './entry-query.js';

const filled = (fields: Readonly<Record<string, string>>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};

describe('a search of entries', () => {
  it('asks for nothing where nothing was filled in', () => {
    expect(readEntryQuery(filled({ tenderId: ' ', type: '', from: '', to: '' }))).toEqual({});
  });

  it('takes what was filled in, and times as the centre’s', () => {
    const form = filled({ type: ' vault.bids-closed ', regionCode: '630100', from: '2026-12-21T04:30' });
    expect(readEntryQuery(form)).toEqual({
      type: 'vault.bids-closed',
      regionCode: '630100',
      from: '2026-12-20T20:30:00.000Z',
    });
  });
});
