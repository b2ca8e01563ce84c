import { describe, expect, it } from '@jest/globals';
import { kindOf } from './document-kind.js';

describe('a blind document', () => {
  it('is shown when it is of a kind that cannot act', () => {
    expect(kindOf('application/pdf')).toBe('pdf');
    expect(kindOf('IMAGE/PNG')).toBe('picture');
    expect(kindOf('text/plain; charset=utf-8')).toBe('text');
  });

  it('is only downloaded when it could act, or is unknown', () => {
    for (const type of ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/xml', '']) {
      expect([type, kindOf(type)]).toEqual([type, 'other']);
    }
  });
});
