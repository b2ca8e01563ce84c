import type { SqlSource } from '#bus';
import type { ServiceDatabase } from '#database';

interface Queryable {
  query(sql: string, params?: unknown[]): Promise<unknown>;
}

const over = (queryable: Queryable, transaction: SqlSource['transaction']): SqlSource => ({
  query: async <T>(sql: string, params?: unknown[]) => rows<T>(await queryable.query(sql, params)),
  transaction,
});

/** TypeORM answers an UPDATE … RETURNING as [rows, count]. */
function rows<T>(result: unknown): T[] {
  if (!Array.isArray(result)) return [];
  const isCounted = result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number';
  return (isCounted ? result[0] : result) as T[];
}

/** The outbox relay's view of a service's database. */
export function sqlSource({ dataSource }: ServiceDatabase): SqlSource {
  return over(dataSource, (work) =>
    dataSource.transaction((manager) => {
      const nested = over(manager, (inner) => inner(nested));
      return work(nested);
    }),
  );
}
