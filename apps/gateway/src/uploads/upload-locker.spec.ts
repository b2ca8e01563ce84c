import { describe, expect, it } from '@jest/globals';
import { UploadLocker } from './upload-locker.js';

const signal = new AbortController().signal;
const nothing = (): void => undefined;

describe('requests to one upload', () => {
  it('enter one at a time in the order in which they came, and each is asked to end when another waits', async () => {
    const locker = new UploadLocker();
    const events: string[] = [];
    const enter = async (name: string): Promise<void> => {
      await locker.newLock('a').lock(signal, () => void events.push(`${name} asked`));
      events.push(`${name} in`);
    };
    await enter('first');
    const rest = [enter('second'), enter('third')];
    expect(events).toEqual(['first in', 'first asked', 'first asked']);
    await locker.newLock('a').unlock();
    await rest[0];
    expect(events.slice(3)).toEqual(['second asked', 'second in']);
    await locker.newLock('a').unlock();
    await rest[1];
    expect(events.slice(5)).toEqual(['third in']);
  });

  it('do not wait for those to another', async () => {
    const locker = new UploadLocker();
    await locker.newLock('a').lock(signal, nothing);
    await locker.newLock('b').lock(signal, nothing);
    await locker.newLock('a').unlock();
    await locker.newLock('a').lock(signal, nothing);
  });

  it('are told when the one before does not end', async () => {
    const locker = new UploadLocker(20);
    await locker.newLock('a').lock(signal, nothing);
    await expect(locker.newLock('a').lock(signal, nothing)).rejects.toMatchObject({ code: 'upload.busy' });
    await locker.newLock('a').unlock();
    await locker.newLock('a').lock(signal, nothing);
  });
});
