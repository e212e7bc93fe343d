import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { frameRoute, meshRoute } from '../../app/roots.tsx'
import { meshesInput, readMeshes } from './search.ts'

export const meshesRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/',
    loader: ({ context }) => {
      void context.queries.prefetchQuery(api.meshes.path.queryOptions())
    },
    component: lazyRouteComponent(() => import('./start-page.tsx'), 'StartPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/meshes',
    loaderDeps: ({ search }) => readMeshes(search),
    loader: ({ context, deps }) => {
      void context.queries.prefetchQuery(api.meshes.list.queryOptions({ input: meshesInput(deps) }))
    },
    component: lazyRouteComponent(() => import('./list-page.tsx'), 'MeshesPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/new/mesh',
    component: lazyRouteComponent(() => import('./create-page.tsx'), 'CreateMeshPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/new/mesh-import',
    component: lazyRouteComponent(() => import('./import/import-page.tsx'), 'ImportMeshPage'),
  }),
]

function meshPage({ path, component }: { path: string; component: ReturnType<typeof lazyRouteComponent> }) {
  return createRoute({
    getParentRoute: () => meshRoute,
    path,
    loader: ({ context, params }) => {
      void context.queries.prefetchQuery(api.meshes.get.queryOptions({ input: { name: params.mesh } }))
    },
    component,
  })
}

export const insideMeshRoutes = [
  meshPage({ path: '/', component: lazyRouteComponent(() => import('./overview-page.tsx'), 'MeshOverviewPage') }),
  meshPage({ path: '/clusters', component: lazyRouteComponent(() => import('./members-page.tsx'), 'MeshMembersPage') }),
  createRoute({
    getParentRoute: () => meshRoute,
    path: '/networks',
    loader: ({ context, params }) => {
      void context.queries.prefetchQuery(api.meshes.networks.queryOptions({ input: { name: params.mesh } }))
    },
    component: lazyRouteComponent(() => import('./networks-page.tsx'), 'MeshNetworksPage'),
  }),
  meshPage({
    path: '/certificates',
    component: lazyRouteComponent(() => import('./certificates/page.tsx'), 'MeshCertificatesPage'),
  }),
  meshPage({
    path: '/settings',
    component: lazyRouteComponent(() => import('./settings-page.tsx'), 'MeshSettingsPage'),
  }),
]
