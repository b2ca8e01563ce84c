import { DomainError } from '#kernel';
import type { ObjectStore } from '#storage';

/** The same store, which takes nothing more while the disk is full. */
export const fillable = (store: ObjectStore, disk: { isFull: boolean }): ObjectStore =>
  failing(store, ['put', 'grow'], disk);

function failing<T extends object>(thing: T, methods: readonly string[], disk: { isFull: boolean }): T {
  return new Proxy(thing, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        if (disk.isFull && methods.includes(String(name)))
          throw new DomainError('storage.unavailable', 'full');
        const made: unknown = await Reflect.apply(value, target, args);
        return name === 'grow' ? failing(made as object, ['sync'], disk) : made;
      };
    },
  });
}

export async function keysOf(store: ObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}
