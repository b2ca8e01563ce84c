import type { SqlSource } from '#bus';
import { asRows, type ServiceDatabase } from '#database';

interface Queryable {
  query(sql: string, params?: unknown[]): Promise<unknown>;
}

const over = (queryable: Queryable, transaction: SqlSource['transaction']): SqlSource => ({
  query: async <T>(sql: string, params?: unknown[]) => asRows<T>(await queryable.query(sql, params)),
  transaction,
});

/** The outbox relay's view of a service's database. */
export function sqlSource({ dataSource }: ServiceDatabase): SqlSource {
  return over(dataSource, (work) =>
    dataSource.transaction((manager) => {
      const nested = over(manager, (inner) => inner(nested));
      return work(nested);
    }),
  );
}
