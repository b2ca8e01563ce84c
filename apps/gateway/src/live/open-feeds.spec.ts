import { describe, expect, it } from '@jest/globals';
import { LIMITS } from '#contracts';
import { OpenFeeds } from './open-feeds.js';

describe('open feeds', () => {
  it('are limited for one person, and one that ends makes room once', () => {
    const feeds = new OpenFeeds();
    const closes = Array.from({ length: LIMITS.feedsOfPersonMax }, () => feeds.open('a'));
    expect(() => feeds.open('a')).toThrow(expect.objectContaining({ code: 'feed.too-many' }));
    feeds.open('b');
    closes[0]!();
    closes[0]!();
    feeds.open('a');
    expect(() => feeds.open('a')).toThrow(expect.objectContaining({ code: 'feed.too-many' }));
  });

  it('are limited for all people together', () => {
    const feeds = new OpenFeeds();
    for (let i = 0; i < LIMITS.feedsMax; i++) feeds.open(`person ${i}`);
    expect(() => feeds.open('one more')).toThrow(expect.objectContaining({ code: 'feed.too-many' }));
  });
});
