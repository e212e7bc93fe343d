import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { sessionQuery } from '../api/session.ts'
import { paths } from '../paths.ts'
import { PageFailure, PageMissing } from './boundaries.tsx'
import { Frame } from './frame/frame.tsx'
import { parseSearch, type RawSearch, stringifySearch } from './location.ts'

export type RouterContext = { queries: QueryClient }

/** Addresses are text. Each page reads its own part; numbers and lists are its business. */
function textOnly(raw: Record<string, unknown>): RawSearch {
  return parseSearch(stringifySearch(raw))
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  validateSearch: textOnly,
  // What a host that embeds the console sets once (`embed=rail,bar`) stays in every address.
  search: {
    middlewares: [
      ({ search, next }) => {
        const result = next(search)
        return search.embed === undefined || result.embed !== undefined ? result : { ...result, embed: search.embed }
      },
    ],
  },
  component: Outlet,
  errorComponent: PageFailure,
  notFoundComponent: PageMissing,
})

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
})

/** Everything inside the frame: for signed-in people. The others are sent to sign in, and back afterwards. */
export const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery)
    if (session.user === undefined) throw redirect({ href: paths.signIn(location.href) })
  },
  component: Frame,
})

/** Addresses nobody answers, inside the frame so that the way on is at hand. */
export const missingRoute = createRoute({ getParentRoute: () => frameRoute, path: '$', component: PageMissing })

/** Everything inside one mesh: `useParam('mesh')` names it. */
export const meshRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/meshes/$mesh',
  component: Outlet,
})
