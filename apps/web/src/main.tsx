import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { isProblem } from './api/problem.js';
import { startLanguages } from './i18n/language.js';
import { PortalRoutes } from './shell/routes.js';
import './ui/portal.css';

/** A refusal is an answer: only what may pass by itself is asked again. */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 3 && isProblem(error) && error.mayRetry,
      staleTime: 5_000,
    },
  },
});

await startLanguages();
createRoot(document.querySelector('#root')!).render(
  <QueryClientProvider client={queries}>
    <BrowserRouter>
      <PortalRoutes />
    </BrowserRouter>
  </QueryClientProvider>,
);
