const NAME = 'virtual:contract-routes';

/**
 * The HTTP faces of all contracts as a small table, so that pages need not load the schemas: name of the contract in
 * `#contracts` → [method, path, kind]; the names of the events that are told live; and the stages. Read from the compiled contracts, which are made before the portal.
 */
export function contractRoutes() {
  return {
    name: 'contract-routes',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    async load(id) {
      if (id !== `\0${NAME}`) return undefined;
      const contracts = await import('#contracts');
      const routes = Object.entries(contracts)
        .filter(([, value]) => value !== null && typeof value === 'object' && value.http)
        .map(([name, { http, kind }]) => [name, [http.method, http.path, kind]]);
      const live = contracts.EVENTS.filter(({ isPublic }) => isPublic).map(({ subject }) =>
        subject.split('.').slice(1, 3).join('.'),
      );
      return [
        `export const routes = ${JSON.stringify(Object.fromEntries(routes))};`,
        `export const liveEvents = ${JSON.stringify(live)};`,
        `export const way = ${JSON.stringify(contracts.WAY)};`,
        `export const stages = ${JSON.stringify(contracts.STAGES)};`,
      ].join('\n');
    },
  };
}
