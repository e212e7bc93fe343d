import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { meshRoute } from '../../app/roots.tsx'
import { namespacesInput, readSidecars, workloadsInput } from './search.ts'

export const meshSidecarRoutes = [
  createRoute({
    getParentRoute: () => meshRoute,
    path: '/sidecars',
    loaderDeps: ({ search }) => readSidecars(search),
    loader: ({ context, deps, params: { mesh } }) => {
      if (deps.tab === 'workloads') {
        void context.queries.prefetchQuery(api.sidecars.workloads.queryOptions({ input: workloadsInput(mesh, deps) }))
      } else {
        void context.queries.prefetchQuery(api.sidecars.namespaces.queryOptions({ input: namespacesInput(mesh, deps) }))
      }
    },
    component: lazyRouteComponent(() => import('./page.tsx'), 'SidecarsPage'),
  }),
]
