import type { Labels } from '../promql/labels.ts'
import { qualityOf } from './call-graph.ts'
import { chance } from './hash.ts'
import { type Account, amountAt } from './ledger.ts'

/** What a metric of a proxy says at a time. Counters are rounded down: they count whole things. */
type Told = { name: string; labels: Labels; at: (t: number) => number }

/** Metrics by name: nothing is made of those that nobody asks for. */
export type Families = Readonly<Record<string, () => Told[]>>

/** What becomes of requests. */
type Outcome = { code: string; flags: string; grpc: string; share: number }

/** Bounds of the histograms of istio-proxy: Envoy's own (source/common/stats histogram_impl.cc DEFAULT_BUCKETS). */
const bounds = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000,
  3_600_000,
]

function outcomesOf({ flow: { service, to } }: Account): Outcome[] {
  // Nobody answers: the caller's proxy does, itself.
  if (to === undefined) return [{ code: '503', flags: 'UH', grpc: service.protocol === 'grpc' ? '14' : '', share: 1 }]
  const { failing } = qualityOf(service.name)
  const missed = service.protocol === 'http' ? 0.004 : 0
  const found = { code: '200', flags: '-', grpc: service.protocol === 'grpc' ? '0' : '', share: 1 - failing - missed }
  const failed =
    service.protocol === 'grpc'
      ? { code: '200', flags: '-', grpc: '13', share: failing }
      : { code: '500', flags: '-', grpc: '', share: failing }
  return [found, failed, { code: '404', flags: '-', grpc: '', share: missed }].filter(({ share }) => share > 0)
}

/** Everything that a proxy tells of its requests by HTTP and gRPC, a family at a time. */
export function httpFamilies(account: Account, common: () => Labels): Families {
  const { service } = account.flow
  const counts = () =>
    outcomesOf(account).map(({ code, flags, grpc, share }) => {
      const labels: Labels = {
        ...common(),
        response_code: code,
        response_flags: flags,
        ...(grpc === '' ? {} : { grpc_response_status: grpc }),
      }
      return { labels, code, count: (t: number) => Math.floor(amountAt(account, t) * share) }
    })
  const histogram = (name: string, medianOf: (code: string) => number) => {
    const parts = (part: string, told: (each: ReturnType<typeof counts>[number]) => Omit<Told, 'name'>[]) => () =>
      counts().flatMap((each) => told(each).map((more) => ({ name: `${name}_${part}`, ...more })))
    return {
      [`${name}_count`]: parts('count', ({ labels, count }) => [{ labels, at: count }]),
      [`${name}_sum`]: parts('sum', ({ labels, code, count }) => [
        { labels, at: (t) => count(t) * meanOf(medianOf(code)) },
      ]),
      [`${name}_bucket`]: parts('bucket', ({ labels, code, count }) =>
        [...bounds, Infinity].map((le) => {
          const share = shareBelow(le, medianOf(code))
          const text = le === Infinity ? '+Inf' : String(le)
          return { labels: { ...labels, le: text }, at: (t) => Math.floor(count(t) * share) }
        }),
      ),
    }
  }
  const { medianMs } = qualityOf(service.name)
  return {
    istio_requests_total: () =>
      counts().map(({ labels, count }) => ({ name: 'istio_requests_total', labels, at: count })),
    // What fails fails early.
    ...histogram('istio_request_duration_milliseconds', (code) =>
      code === '503' ? 0.3 : code === '200' ? medianMs : medianMs / 2,
    ),
    ...histogram('istio_request_bytes', () => 300 + 1_200 * chance(`request ${service.name}`)),
    ...histogram('istio_response_bytes', (code) =>
      code === '200' ? 1_000 + 9_000 * chance(`response ${service.name}`) : 90,
    ),
  }
}

/** How far values spread around their median: sigma of a log-normal distribution. */
const spread = 0.7

const meanOf = (median: number): number => median * Math.exp(spread ** 2 / 2)

/** Share of values up to a bound, by the logistic form of the normal distribution. */
function shareBelow(bound: number, median: number): number {
  if (bound === Infinity) return 1
  return 1 / (1 + Math.exp((-1.702 * Math.log(bound / median)) / spread))
}
