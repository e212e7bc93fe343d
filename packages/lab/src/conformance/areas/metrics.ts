import { type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { type Area, check } from '../check.ts'
import { Difference, fits, something } from '../fits.ts'
import { shared } from '../once-a-run.ts'
import type { Ground, PodSaid, Scene } from '../scene.ts'
import { controlPlane } from './control-plane.ts'
import { takingPortFor } from './port-forward.ts'
import { pod } from './objects.ts'

const port = 9090
/** Milliseconds in which two scrapes are done, and a minute's rate begins. */
const patienceMs = 90_000

/** Nobody listens there. */
const withoutPrometheus = takingPortFor(port, 9)

const meterLabels = { 'app.kubernetes.io/name': 'prometheus', 'app.kubernetes.io/component': 'server' }

const meter = pod(
  'prometheus',
  { labels: meterLabels },
  {
    containers: [
      { name: 'prometheus', image: 'quay.io/prometheus/prometheus:v2.42.0', ports: [{ containerPort: port }] },
    ],
  },
)

/** A shop's front and its cart, both with a proxy, and a catalog without one that the front calls too. */
const apps = ['storefront', 'cart', 'catalog'] as const

function workload(app: (typeof apps)[number], revision: string) {
  const labels = { app, version: 'v1', 'istio.io/rev': revision, 'sidecar.istio.io/inject': String(app !== 'catalog') }
  return pod(app, { labels })
}

const service = (app: string) => ({
  metadata: { name: app },
  spec: { selector: { app }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
})

/** A Prometheus that has scraped the shop for a while, in a namespace of the run. */
const measured = shared(async (ground) => {
  const { ask, at, namespace } = ground
  const { revision } = await controlPlane({ ground })
  await ground.eventually(() => ask(at('serviceaccounts/default')), { status: 200 })
  for (const app of apps) fits(await ask(at('services'), { body: service(app) }), { status: 201 })
  for (const app of apps) fits(await ask(at('pods'), { body: workload(app, revision) }), { status: 201 })
  fits(await ask(at('pods'), { body: meter }), { status: 201 })
  await untilMeasured(ground)
  return { namespace, pod: 'prometheus' }
})

/** Twice: the containers of four Pods, and the requests that two of them report. */
async function untilMeasured({ namespace, through }: Ground): Promise<void> {
  const until = Date.now() + patienceMs
  const pods = (metric: string) => `count(sum by (pod) (rate(${metric}{namespace="${namespace}"}[1m])))`
  const query = `${pods('container_cpu_usage_seconds_total')} + ${pods('istio_requests_total')}`
  for (;;) {
    const said = await through({ namespace, pod: 'prometheus', port, path: queryPath(query) })
    if (!('refusal' in said) && textAt(said.body, 'data', 'result', 0, 'value', 1) === '6') return
    if (Date.now() > until) throw new Error(`not all was measured: ${JSON.stringify(said)}`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

const queryPath = (query: string): string => `/api/v1/query?query=${encodeURIComponent(query)}`

type Answer = { status: number; body: unknown }

/** What Prometheus says at a path of its API. */
async function asked(scene: Scene, path: string): Promise<Answer> {
  const place = await measured(scene)
  const said: PodSaid = await scene.through({ ...place, port, path })
  if ('refusal' in said) throw new Difference(`${path}: ${said.refusal.code}: ${said.refusal.message}`)
  return said
}

/** NS in a query stands for the namespace of the shop. */
async function rowsOf(scene: Scene, query: string): Promise<Json[]> {
  const { namespace } = await measured(scene)
  const { status, body } = await asked(scene, queryPath(query.replaceAll('NS', namespace)))
  fits({ status }, { status: 200 })
  return listAt(body, 'data', 'result')
}

async function numberOf(scene: Scene, query: string): Promise<number> {
  const rows = await rowsOf(scene, query)
  fits(rows.length, 1)
  return Number(textAt(rows[0], 'value', 1))
}

const told = (reporter: string, more = ''): string =>
  `istio_requests_total{reporter="${reporter}",source_workload="storefront",destination_service_namespace="NS"${more}}`

const between = (least: number, most: number): ((value: unknown) => boolean) =>
  Object.defineProperty((value: unknown) => typeof value === 'number' && value >= least && value <= most, 'name', {
    value: `a number from ${least} to ${most}`,
  })

const series: Area['checks'] = [
  check('A request is reported with all labels of its two ends.', withoutPrometheus, async (scene) => {
    const { namespace } = await measured(scene)
    const rows = await rowsOf(scene, told('destination', ',response_code="200"'))
    fits(rows, [
      {
        metric: {
          reporter: 'destination',
          ...end('source', 'storefront', namespace),
          ...end('destination', 'cart', namespace),
          destination_service: `cart.${namespace}.svc.cluster.local`,
          destination_service_name: 'cart',
          destination_service_namespace: namespace,
          request_protocol: 'http',
          response_code: '200',
          response_flags: '-',
          connection_security_policy: 'mutual_tls',
          namespace,
          pod: 'cart',
        },
      },
    ])
  }),
  check('Who calls does not know whether the call was encrypted.', withoutPrometheus, async (scene) => {
    const rows = await rowsOf(scene, `sum by (connection_security_policy) (${told('source')})`)
    fits(rows, [{ metric: { connection_security_policy: 'unknown' } }])
  }),
  check(
    'Who has no proxy reports nothing, and is known to who calls it by its workload.',
    withoutPrometheus,
    async (scene) => {
      fits(await rowsOf(scene, 'istio_requests_total{pod="catalog",namespace="NS"}'), [])
      const rows = await rowsOf(scene, told('source', ',destination_workload="catalog",response_code="200"'))
      fits(rows, [{ metric: { destination_principal: 'unknown', destination_app: 'unknown' } }])
    },
  ),
  check('Both ends count the same requests.', withoutPrometheus, async (scene) => {
    const rate = (reporter: string) =>
      numberOf(scene, `sum(rate(${told(reporter, ',destination_workload="cart"')}[1m]))`)
    await measured(scene)
    const both = async () => {
      const [source, destination] = [await rate('source'), await rate('destination')]
      return { source, share: destination / source }
    }
    await scene.eventually(both, { source: between(0.5, 12), share: between(0.8, 1.25) })
  }),
  check('A rate is in the units of a second: some requests of a shop.', withoutPrometheus, async (scene) => {
    fits(await numberOf(scene, `sum(rate(${told('source', ',destination_workload="cart"')}[1m]))`), between(0.5, 12))
  }),
  check('Durations are histograms whose sum and count are of the same requests.', withoutPrometheus, async (scene) => {
    const of = (part: string) =>
      `rate(istio_request_duration_milliseconds_${part}{namespace="NS",pod="storefront"}[1m])`
    const quantile = await numberOf(scene, `histogram_quantile(0.5, sum by (le) (${of('bucket')}))`)
    const mean = await numberOf(scene, `sum(${of('sum')}) / sum(${of('count')})`)
    fits({ quantile, mean }, { quantile: between(1, 1_000), mean: between(1, 1_000) })
  }),
  check('Containers are measured, proxies and others.', withoutPrometheus, async (scene) => {
    const rows = await rowsOf(
      scene,
      'sum by (container) (container_memory_working_set_bytes{namespace="NS",pod="cart"})',
    )
    fits(new Set(rows.map((each) => textAt(each, 'metric', 'container'))).size, 2)
    fits(
      await numberOf(scene, 'sum(rate(container_cpu_usage_seconds_total{namespace="NS",pod="cart"}[1m]))'),
      between(0.001, 1),
    )
  }),
  check('A proxy tells its version.', withoutPrometheus, async (scene) => {
    const rows = await rowsOf(scene, 'istio_build{namespace="NS",pod="cart"}')
    fits(rows, [{ metric: { component: 'proxy', tag: something }, value: [something, '1'] }])
  }),
]

function end(side: 'source' | 'destination', name: string, namespace: string): Record<string, string> {
  return {
    [`${side}_workload`]: name,
    [`${side}_workload_namespace`]: namespace,
    [`${side}_principal`]: `spiffe://cluster.local/ns/${namespace}/sa/default`,
    [`${side}_app`]: name,
    [`${side}_version`]: 'v1',
    [`${side}_cluster`]: 'Kubernetes',
    [`${side}_canonical_service`]: name,
    [`${side}_canonical_revision`]: 'v1',
  }
}

type Refused = { status: number; errorType: string; error: RegExp }

/** What is asked, and how it is refused. */
const refusals: readonly [says: string, path: string, refused: Refused][] = [
  ['Bad syntax', 'query?query=sum(', { status: 400, errorType: 'bad_data', error: /parse error/ }],
  [
    'A function that nobody knows',
    'query?query=nothing(up)',
    { status: 400, errorType: 'bad_data', error: /parse error/ },
  ],
  [
    'A range vector in the place of an instant one',
    'query?query=rate(up)',
    {
      status: 400,
      errorType: 'bad_data',
      error: /expected type range vector in call to function "rate", got instant vector/,
    },
  ],
  [
    'A time that is none',
    'query?query=up&time=soon',
    { status: 400, errorType: 'bad_data', error: /invalid parameter "time"/ },
  ],
  [
    'A join of many with many',
    'query?query=container_memory_working_set_bytes%2Bon()container_memory_working_set_bytes',
    { status: 422, errorType: 'execution', error: /many-to-many matching not allowed/ },
  ],
  [
    'A range of more than 11,000 points',
    'query_range?query=up&start=0&end=11001&step=1',
    { status: 400, errorType: 'bad_data', error: /exceeded maximum resolution of 11,000 points per timeseries/ },
  ],
  [
    'A range that ends before it begins',
    'query_range?query=up&start=1&end=0&step=1',
    { status: 400, errorType: 'bad_data', error: /end timestamp must not be before start time/ },
  ],
]

const api: Area['checks'] = [
  check('Prometheus says that it is ready, and which it is.', withoutPrometheus, async (scene) => {
    fits(await asked(scene, '/-/ready'), { status: 200, body: /^Prometheus Server is Ready/ })
    const build = await asked(scene, '/api/v1/status/buildinfo')
    fits(build, { status: 200, body: { status: 'success', data: { version: /^2\.42\.0/ } } })
  }),
  check('A range is answered at each of its steps.', withoutPrometheus, async (scene) => {
    await measured(scene)
    const end = Math.floor(Date.now() / 1_000)
    const query = encodeURIComponent('sum(container_memory_working_set_bytes)')
    const { body } = await asked(scene, `/api/v1/query_range?query=${query}&start=${end - 8}&end=${end}&step=2`)
    const times = listAt(body, 'data', 'result', 0, 'values').map((each) => numberAt(each, 0))
    fits(
      { type: textAt(body, 'data', 'resultType'), times },
      { type: 'matrix', times: [end - 8, end - 6, end - 4, end - 2, end] },
    )
  }),
  check('Numbers and texts are values too.', withoutPrometheus, async (scene) => {
    fits(await asked(scene, '/api/v1/query?query=1%2B2&time=5'), {
      status: 200,
      body: { status: 'success', data: { resultType: 'scalar', result: [5, '3'] } },
    })
    fits(await asked(scene, '/api/v1/query?query=%22a%22&time=5'), {
      body: { data: { resultType: 'string', result: [5, 'a'] } },
    })
  }),
  ...refusals.map(([says, path, { status, errorType, error }]) =>
    check(`${says} is refused with ${status}.`, withoutPrometheus, async (scene) => {
      fits(await asked(scene, `/api/v1/${path}`), { status, body: { status: 'error', errorType, error } })
    }),
  ),
]

export const metrics: Area = {
  title: 'Metrics from a Prometheus',
  shares: [measured],
  checks: [...series, ...api],
}
