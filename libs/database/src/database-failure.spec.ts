import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { databaseRefusal } from './database-failure.js';

const withCode = (message: string, code: string): Error => Object.assign(new Error(message), { code });

describe('what a database cannot do now', () => {
  it.each([
    ['a server that is not there', withCode('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED')],
    ['a server that is starting', withCode('the database system is starting up', '57P03')],
    ['a full disk', withCode('could not extend file', '53100')],
    ['a connection that broke', new Error('Connection terminated unexpectedly')],
    ['the same in a statement', new QueryFailedError('SELECT 1', [], new Error('Connection terminated'))],
  ])('is refused with a code that says to try again: %s', (_name, error) => {
    expect(databaseRefusal(error)).toMatchObject({ code: 'database.unavailable' });
  });

  it.each([
    ['a wrong statement', withCode('syntax error', '42601')],
    ['a bug of ours', new TypeError('x is undefined')],
    ['nothing', undefined],
  ])('is no such refusal: %s', (_name, error) => {
    expect(databaseRefusal(error)).toBeUndefined();
  });
});
