import { Kit } from '@orbweaver/ui/kit'
import { Toasts } from '@orbweaver/ui/toast'
import { QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router'
import { render, type RenderResult } from '@testing-library/react'
import type { ReactNode } from 'react'
import { vi } from 'vitest'
import { queries } from './api/api.ts'
import { parseSearch, stringifySearch } from './app/location.ts'
import { PlanProvider } from './app/plan/plan-provider.tsx'
import { sentences } from './app/messages.ts'
import { languageNow } from './text/i18n.ts'

await sentences

export type Call = { method: string; path: string; search: URLSearchParams; body: unknown }
/** Answers to calls of the API by `METHOD /path`; an error is `{ status, code, data }`. */
export type Answers = Record<string, (call: Call) => unknown>

type Problem = { status: number; code: string; data: unknown }
export function problem(status: number, code: string, data: unknown): Problem {
  return { status, code, data }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'status' in value && 'code' in value && 'data' in value
}

/** Puts an API in front of the client for one test; what it was asked is returned. Unknown calls fail loudly. */
export function serve(answers: Answers): Call[] {
  const calls: Call[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url)
    const text = await request.text()
    const body: unknown = text === '' ? undefined : JSON.parse(text)
    const call = { method: request.method, path: url.pathname.replace('/api/v1', ''), search: url.searchParams, body }
    calls.push(call)
    const answer = answers[`${call.method} ${call.path}`]?.(call) ?? problem(500, 'server.failed', { request: 'none' })
    const json = { 'content-type': 'application/json', 'x-request-id': 'req-1' }
    if (answer instanceof File) {
      const named = { 'content-type': answer.type, 'content-disposition': `attachment; filename="${answer.name}"` }
      return new Response(await answer.arrayBuffer(), { headers: named })
    }
    if (!isProblem(answer)) return new Response(JSON.stringify(answer), { headers: json })
    const { status, code, data } = answer
    return new Response(JSON.stringify({ defined: true, status, code, message: code, data }), { status, headers: json })
  })
  return calls
}

export const session = {
  mode: 'local',
  user: { name: 'ada@example.com', groups: ['platform'] },
  csrfToken: 'token-1',
  personas: [
    { id: 'ada', name: 'Ada' },
    { id: 'bo', name: 'Bo' },
  ],
  persona: 'ada',
  readOnly: false,
  version: '0.1.0',
}

/** Renders one page at one address, inside everything a page is inside of in the app. `path` is the page's route. */
export async function open(page: ReactNode, at = '/', path = '$'): Promise<RenderResult> {
  queries.clear()
  const root = createRootRoute({ component: Outlet })
  const route = createRoute({ getParentRoute: () => root, path, component: () => <PlanProvider>{page}</PlanProvider> })
  const start = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: () => <PlanProvider>{page}</PlanProvider>,
  })
  const history = createMemoryHistory({ initialEntries: [at] })
  const router = createRouter({ routeTree: root.addChildren([start, route]), history, parseSearch, stringifySearch })
  await router.load()
  const shown = render(
    <Kit locale={languageNow()} scheme="light">
      <QueryClientProvider client={queries}>
        <Toasts>
          <RouterProvider router={router} />
        </Toasts>
      </QueryClientProvider>
    </Kit>,
  )
  return shown
}
