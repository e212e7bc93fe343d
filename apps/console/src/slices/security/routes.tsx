import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { meshRoute } from '../../app/roots.tsx'
import { readSecrets, secretsInput } from './search.ts'

export const meshSecurityRoutes = [
  createRoute({
    getParentRoute: () => meshRoute,
    path: '/tls-secrets',
    loaderDeps: ({ search }) => readSecrets(search),
    loader: ({ context, deps, params: { mesh } }) => {
      const input = secretsInput(mesh, deps)
      void context.queries.prefetchQuery(api.security.secrets.queryOptions({ input }))
    },
    component: lazyRouteComponent(() => import('./list-page.tsx'), 'TlsSecretsPage'),
  }),
]
