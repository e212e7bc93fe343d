import { createRouter } from '@tanstack/react-router'
import { queries } from '../api/api.ts'
import { clusterRoutes } from '../slices/clusters/routes.tsx'
import { historyRoutes, meshHistoryRoutes } from '../slices/history/routes.tsx'
import { meshMetricsRoutes } from '../slices/metrics/routes.tsx'
import { findingCodeRoutes, meshObjectRoutes } from '../slices/objects/routes.tsx'
import { meshSecurityRoutes } from '../slices/security/routes.tsx'
import { meshSidecarRoutes } from '../slices/sidecars/routes.tsx'
import { meshTrafficRoutes } from '../slices/traffic/routes.tsx'
import { insideMeshRoutes, meshesRoutes } from '../slices/meshes/routes.tsx'
import { PageFailure, PageMissing, PagePending } from './boundaries.tsx'
import { parseSearch, stringifySearch } from './location.ts'
import { frameRoute, meshRoute, missingRoute, rootRoute, signInRoute } from './roots.tsx'

/*
 * How a slice plugs in. `slices/history` is the model; copy its shelf:
 *
 *   routes.tsx            its routes as arrays: `historyRoutes` hang below the frame, `meshHistoryRoutes` inside a mesh.
 *                         Path as in paths.ts (which lists every address already), page by lazyRouteComponent, loader
 *                         starting (not awaiting) the page's queries so that the frame of the page shows at once.
 *   list-page.tsx …       pages: `useSearchOf(readX)` for filters and tabs (they live in the address), `useParam('mesh')`,
 *                         `useQuery(api.word.operation.queryOptions({ input }))`, and the kit's Page and DataTable.
 *                         `usePageTitle(…)` names the page in the tab, the breadcrumb's end and for screen readers.
 *   search.ts             what the page keeps in its address: pure, tested.
 *   text.ts               `export const useText = defineText('history', en, zh)` over text.en.ts and text.zh.ts.
 *
 * Then one line here for its routes. The rail shows a word as soon as its address leads somewhere.
 *
 * A slice may import: api/, text/, pickers/, paths.ts, packages, and of app/: roots (its routes.tsx only), link, location,
 * table-search, page-title, truths, query-view, found-cell, metrics/, wording, plan/use-plan, plan/object-name. Never another slice: link to it by paths.ts.
 *
 * Writing: `const plan = usePlan()`, then `plan.open({ type: 'meshes.leave', … }, { onDone })`. Nothing else writes.
 * Errors: `useFailureOf(query.error)` gives what the kit's `failure` props want. Messages of the wire: `useMessage()`;
 * findings, checks and stages: app/wording.tsx. Codes of the wire without a sentence: text/reasons.en.ts and .zh.ts.
 */
const routes = rootRoute.addChildren([
  signInRoute,
  frameRoute.addChildren([
    missingRoute,
    ...meshesRoutes,
    ...clusterRoutes,
    ...historyRoutes,
    ...findingCodeRoutes,
    meshRoute.addChildren([
      ...insideMeshRoutes,
      ...meshSidecarRoutes,
      ...meshTrafficRoutes,
      ...meshSecurityRoutes,
      ...meshObjectRoutes,
      ...meshMetricsRoutes,
      ...meshHistoryRoutes,
    ]),
  ]),
])

export const router = createRouter({
  routeTree: routes,
  context: { queries },
  parseSearch,
  stringifySearch,
  defaultPreload: false,
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 300,
  defaultPendingMinMs: 0,
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageFailure,
  defaultNotFoundComponent: PageMissing,
  scrollRestoration: true,
  scrollToTopSelectors: ['#main'],
})
