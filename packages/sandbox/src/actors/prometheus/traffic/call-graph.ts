import { chance } from './hash.ts'

/** Calls of a Service by each request or tick of work of its caller. */
type CallOf = { to: string; times: number; exceptVersion?: string }

/** Who calls whom, by the label `app` and the names of Services: the samples that worlds are made of. */
const graph: Readonly<Record<string, readonly CallOf[]>> = {
  productpage: [
    { to: 'details', times: 1 },
    { to: 'reviews', times: 1 },
  ],
  reviews: [{ to: 'ratings', times: 1, exceptVersion: 'v1' }],
  storefront: [
    { to: 'catalog', times: 1.2 },
    { to: 'search', times: 0.4 },
    { to: 'recommendations', times: 0.6 },
    { to: 'cart', times: 0.5 },
    { to: 'session-cache', times: 1.5 },
    { to: 'prices', times: 0.7 },
    { to: 'offers', times: 0.4 },
  ],
  'admin-console': [
    { to: 'orders', times: 0.5 },
    { to: 'catalog', times: 0.8 },
  ],
  catalog: [{ to: 'pricing', times: 0.05 }],
  recommendations: [{ to: 'catalog', times: 0.8 }],
  cart: [
    { to: 'orders', times: 0.3 },
    { to: 'catalog', times: 0.5 },
  ],
  orders: [
    { to: 'orders-db', times: 3 },
    { to: 'shipping', times: 0.6 },
    { to: 'payment', times: 0.9 },
  ],
  payment: [{ to: 'fraud-check', times: 1 }],
  accounts: [{ to: 'booking', times: 0.8 }],
}

const called = new Set(Object.values(graph).flatMap((calls) => calls.map(({ to }) => to)))

export function callsOf(app: string, version: string): readonly CallOf[] {
  const calls = Object.hasOwn(graph, app) ? (graph[app] ?? []) : []
  return calls.filter(({ exceptVersion }) => exceptVersion === undefined || exceptVersion !== version)
}

/** Who is called by nobody inside is called through the entrance. */
export const isCalledFromOutside = (app: string): boolean => !called.has(app)

/** Requests, or ticks of work, of each Pod in a second on average. */
const loads: Readonly<Record<string, number>> = {
  productpage: 3,
  storefront: 8,
  'admin-console': 0.5,
  catalog: 6,
  orders: 1.5,
  cart: 3,
}

export const loadOf = (app: string): number => loads[app] ?? 0.5 + 2 * chance(app)

/** How a service answers. */
export type Quality = {
  /** Milliseconds of half of its answers. */
  medianMs: number
  /** Share of requests that fail. */
  failing: number
}

/** Two that fail and two that are slow: something stands out. */
const qualities: Readonly<Record<string, Partial<Quality>>> = {
  ratings: { failing: 0.04 },
  orders: { failing: 0.02, medianMs: 60 },
  recommendations: { medianMs: 650 },
  shipping: { medianMs: 340, failing: 0.01 },
}

export function qualityOf(service: string): Quality {
  return { medianMs: 4 + 30 * chance(service), failing: 0.001, ...qualities[service] }
}
