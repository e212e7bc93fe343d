import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { frameRoute, meshRoute } from '../../app/roots.tsx'
import { historyInput, readHistory } from './search.ts'

const ListPage = lazyRouteComponent(() => import('./list-page.tsx'), 'HistoryPage')

export const historyRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/history',
    loaderDeps: ({ search }) => readHistory(search),
    loader: ({ context, deps }) => {
      void context.queries.prefetchQuery(api.history.list.queryOptions({ input: historyInput(deps) }))
    },
    component: ListPage,
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/history/$change',
    loader: ({ context, params }) => {
      void context.queries.prefetchQuery(api.history.get.queryOptions({ input: { name: params.change } }))
    },
    component: lazyRouteComponent(() => import('./change-page.tsx'), 'ChangePage'),
  }),
]

export const meshHistoryRoutes = [
  createRoute({
    getParentRoute: () => meshRoute,
    path: '/history',
    loaderDeps: ({ search }) => readHistory(search),
    loader: ({ context, deps, params }) => {
      const input = historyInput({ ...deps, mesh: params.mesh })
      void context.queries.prefetchQuery(api.history.list.queryOptions({ input }))
    },
    component: ListPage,
  }),
]
