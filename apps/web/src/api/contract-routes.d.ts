declare module 'virtual:contract-routes' {
  /** Name of a contract → method, path with `:names`, kind. */
  export const routes: Readonly<
    Record<string, readonly [method: 'GET' | 'POST' | 'PUT', path: string, kind: 'command' | 'query']>
  >;
  /** Types of public events, as server-sent events are named. */
  export const liveEvents: readonly string[];
}
declare module '*.css';
