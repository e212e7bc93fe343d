import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { loadQuery } from '../../app/metrics/use-load.ts'
import { meshRoute } from '../../app/roots.tsx'
import { readMetrics } from './search.ts'

export const meshMetricsRoutes = [
  createRoute({
    getParentRoute: () => meshRoute,
    path: '/metrics',
    loaderDeps: ({ search }) => readMetrics(search),
    loader: ({ context, deps, params: { mesh } }) => {
      void context.queries.prefetchQuery(loadQuery(mesh, deps.minutes))
    },
    component: lazyRouteComponent(() => import('./page.tsx'), 'MetricsPage'),
  }),
]
