import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { QueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { frameRoute, meshRoute } from '../../app/roots.tsx'
import { refFromParams } from '../../paths.ts'
import { findingsInput, readFindings } from './findings/search.ts'
import type { RuleView } from './kinds.ts'
import { readRules, type RuleSearch, rulesInput } from './search.ts'

const lists = () => import('./list-page.tsx')

function startList(queries: QueryClient, view: RuleView, { mesh, search }: { mesh: string; search: RuleSearch }): void {
  void queries.prefetchQuery(api.objects.list.queryOptions({ input: rulesInput(mesh, view, search) }))
}

export const findingCodeRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/help/findings',
    loader: ({ context }) => {
      void context.queries.prefetchQuery(api.objects.findingCodes.queryOptions())
    },
    component: lazyRouteComponent(() => import('./catalogue/page.tsx'), 'CataloguePage'),
  }),
]

export const meshObjectRoutes = [
  createRoute({
    getParentRoute: () => meshRoute,
    path: '/traffic',
    loaderDeps: ({ search }) => readRules(search),
    loader: ({ context, deps, params: { mesh } }) => startList(context.queries, 'traffic', { mesh, search: deps }),
    component: lazyRouteComponent(lists, 'TrafficPage'),
  }),
  createRoute({
    getParentRoute: () => meshRoute,
    path: '/security',
    loaderDeps: ({ search }) => readRules(search),
    loader: ({ context, deps, params: { mesh } }) => startList(context.queries, 'security', { mesh, search: deps }),
    component: lazyRouteComponent(lists, 'SecurityPage'),
  }),
  createRoute({
    getParentRoute: () => meshRoute,
    path: '/objects',
    loaderDeps: ({ search }) => readRules(search),
    loader: ({ context, deps, params: { mesh } }) => startList(context.queries, 'objects', { mesh, search: deps }),
    component: lazyRouteComponent(lists, 'ObjectsPage'),
  }),
  createRoute({
    getParentRoute: () => meshRoute,
    path: '/findings',
    loaderDeps: ({ search }) => readFindings(search),
    loader: ({ context, deps, params: { mesh } }) => {
      void context.queries.prefetchQuery(api.objects.findings.queryOptions({ input: findingsInput(mesh, deps) }))
    },
    component: lazyRouteComponent(() => import('./findings/page.tsx'), 'FindingsPage'),
  }),
  createRoute({
    getParentRoute: () => meshRoute,
    path: '/objects/$cluster/$resource/$namespace/$name',
    loader: ({ context, params: { mesh, ...params } }) => {
      const ref = refFromParams(params)
      if (ref !== undefined) void context.queries.prefetchQuery(api.objects.get.queryOptions({ input: { mesh, ref } }))
    },
    component: lazyRouteComponent(() => import('./editor/edit-page.tsx'), 'EditPage'),
  }),
  createRoute({
    getParentRoute: () => meshRoute,
    path: '/new/object',
    loader: ({ context, params: { mesh } }) => {
      void context.queries.prefetchQuery(api.objects.places.queryOptions({ input: { mesh } }))
    },
    component: lazyRouteComponent(() => import('./create/create-page.tsx'), 'CreatePage'),
  }),
]
