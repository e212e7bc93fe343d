import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { meshRoute } from '../../app/roots.tsx'

export const meshTrafficRoutes = [
  createRoute({
    getParentRoute: () => meshRoute,
    path: '/explain',
    component: lazyRouteComponent(() => import('./request-page.tsx'), 'RequestPage'),
  }),
  createRoute({
    getParentRoute: () => meshRoute,
    path: '/explain/call',
    component: lazyRouteComponent(() => import('./call-page.tsx'), 'CallPage'),
  }),
  createRoute({
    getParentRoute: () => meshRoute,
    path: '/explain/injection',
    component: lazyRouteComponent(() => import('./injection-page.tsx'), 'InjectionPage'),
  }),
]
