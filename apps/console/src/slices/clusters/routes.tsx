import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { frameRoute } from '../../app/roots.tsx'
import { pageInput, readTable } from '../../app/table-search.ts'

export const clusterRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/clusters',
    loaderDeps: ({ search }) => readTable(search),
    loader: ({ context, deps }) => {
      void context.queries.prefetchQuery(api.clusters.list.queryOptions({ input: pageInput(deps) }))
    },
    component: lazyRouteComponent(() => import('./list-page.tsx'), 'ClustersPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/clusters/$cluster',
    loader: ({ context, params }) => {
      void context.queries.prefetchQuery(api.clusters.get.queryOptions({ input: { name: params.cluster } }))
    },
    component: lazyRouteComponent(() => import('./cluster-page.tsx'), 'ClusterPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/clusters/$cluster/edit',
    loader: ({ context, params }) => {
      void context.queries.prefetchQuery(api.clusters.get.queryOptions({ input: { name: params.cluster } }))
    },
    component: lazyRouteComponent(() => import('./edit-page.tsx'), 'EditClusterPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/new/cluster',
    component: lazyRouteComponent(() => import('./register-page.tsx'), 'RegisterPage'),
  }),
]
