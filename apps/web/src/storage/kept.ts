const DATABASE = 'sunseal';
const TABLE = 'kept';

/** What this browser keeps by name: encrypted keys, receipts, and what a person has typed and not saved yet; no secret in the clear. */
export async function readKept<Value>(name: string): Promise<Value | undefined> {
  return run('readonly', (table) => table.get(name)) as Promise<Value | undefined>;
}

export async function keep(name: string, value: unknown): Promise<void> {
  await run('readwrite', (table) => table.put(value, name));
}

async function run(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(TABLE, mode, { durability: 'strict' });
      const request = act(transaction.objectStore(TABLE));
      transaction.addEventListener('complete', () => resolve(request.result));
      transaction.addEventListener('abort', () =>
        reject(transaction.error ?? new Error('the browser kept nothing')),
      );
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(TABLE));
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () =>
      reject(request.error ?? new Error('the browser’s database cannot be opened')),
    );
  });
}
