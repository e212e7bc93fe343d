import { isRecord, type Json, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { parse, stringify } from 'yaml'
import { make } from '../draft.ts'
import { createRandom, type Random } from '../random.ts'
import type { Installation } from './installations.ts'

/** Webhooks, injectors and namespaces, and Pods that are created over them. */
export type PodsWorld = {
  readonly id: string
  readonly objects: readonly KubernetesObject[]
  readonly pods: readonly KubernetesObject[]
}

type Labels = Readonly<Record<string, string>>

const revisions = [undefined, 'default', 'canary', 'prod', 'gone'] as const
const switches = [undefined, 'enabled', 'disabled', 'other'] as const
const wishes = [undefined, 'true', 'false', '', 'perhaps'] as const

const labelsOf = (labels: Readonly<Record<string, string | undefined>>): Labels =>
  Object.fromEntries(
    Object.entries(labels).flatMap(([key, value]): [string, string][] => (value === undefined ? [] : [[key, value]])),
  )

type Wish = { readonly labels: Labels; readonly annotations?: Labels; readonly spec?: JsonRecord }

const pod = (name: string, namespace: string, { labels, annotations = {}, spec = {} }: Wish): KubernetesObject =>
  make('Pod', name, {
    namespace,
    labels: { ...labels },
    annotations: { ...annotations },
    spec: { containers: [{ name: 'main', image: 'registry.test/main:1' }], ...spec },
  })

/** All pairs of what labels of a namespace and of a Pod may say, over one installation. */
export function table({ name, objects }: Installation): PodsWorld {
  const namespaces = switches.flatMap((injection, row) =>
    revisions.map((revision, column) =>
      make('Namespace', `ns-${row}-${column}`, {
        labels: labelsOf({ 'istio-injection': injection, 'istio.io/rev': revision }),
      }),
    ),
  )
  const pods = namespaces.flatMap(({ metadata: { name: namespace } }) =>
    wishes.flatMap((wish, row) =>
      revisions.map((revision, column) =>
        pod(`pod-${row}-${column}`, namespace, {
          labels: labelsOf({ 'sidecar.istio.io/inject': wish, 'istio.io/rev': revision }),
        }),
      ),
    ),
  )
  return { id: name, objects: [...objects, ...namespaces], pods }
}

/** Pods a world. */
const asked = 24

/** One world with policies of all kinds, and Pods that say all kinds of things. The same number, the same world. */
export function generate(seed: number, from: readonly Installation[]): PodsWorld {
  const random = createRandom(seed * 15_485_863 + 7)
  const installation = random.any(from)
  const objects = (installation?.objects ?? []).map((each) => varied(random, each))
  const names: [string, ...string[]] = ['shop', 'pay', 'kube-system', 'local-path-storage']
  const namespaces = names.map((name) =>
    make('Namespace', name, {
      labels: labelsOf({
        'istio-injection': random.pick([undefined, ...switches]),
        'istio.io/rev': random.pick([undefined, ...revisions]),
        'istio.io/dataplane-mode': random.pick([undefined, undefined, 'ambient']),
      }),
    }),
  )
  const pods = Array.from({ length: asked }, (_, index) =>
    pod(`pod-${index}`, random.pick(['shop', 'pay', ...names]), wishOf(random)),
  )
  return { id: `${seed} (${installation?.name ?? ''})`, objects: [...objects, ...namespaces], pods }
}

const wishOf = (random: Random): Wish => ({
  labels: labelsOf({
    'sidecar.istio.io/inject': random.pick([undefined, undefined, ...wishes]),
    'istio.io/rev': random.pick([undefined, undefined, undefined, ...revisions]),
    app: random.pick([undefined, 'web', 'job']),
    tier: random.pick([undefined, 'front', 'back']),
  }),
  annotations: labelsOf({
    'sidecar.istio.io/inject': random.pick([undefined, undefined, undefined, ...wishes]),
    'istio.io/rev': random.pick([undefined, undefined, undefined, 'before']),
    'inject.istio.io/templates': random.pick([undefined, undefined, undefined, undefined, 'gateway', 'sidecar']),
    ...(random.chance(0.2) ? settingOf(random) : {}),
  }),
  spec: random.chance(0.12) ? { hostNetwork: true } : {},
})

/** Values that the injector takes, and others. */
const settings: readonly [readonly [string, ...string[]], ...(readonly [string, ...string[]])[]] = [
  ['inject.istio.io/templates', 'gateway, sidecar', 'sidecar,', '', 'sidcar', 'Gateway'],
  ['sidecar.istio.io/proxyCPU', '100m', '1.5', '1e2', '-1', '', 'lots', '100 m', '1mi'],
  ['sidecar.istio.io/proxyMemoryLimit', '1Gi', '.5G', '1e', '1.', 'Gi'],
  ['sidecar.istio.io/interceptionMode', 'TPROXY', 'NONE', 'none', ''],
  ['status.sidecar.istio.io/port', '15021', '0', ' 80 ', '65536', '+80', 'http'],
  ['readiness.status.sidecar.istio.io/periodSeconds', '2', '007', '-2', '2s', '4294967296'],
  ['traffic.sidecar.istio.io/includeInboundPorts', '*', '', '80, 81', '80;81', '80-90', ',', '*,80'],
  ['traffic.sidecar.istio.io/excludeOutboundPorts', ' ', '443', '*'],
  [
    'traffic.sidecar.istio.io/includeOutboundIPRanges',
    '*',
    '',
    '10.0.0.0/8,::1/128',
    '10.0.0.1',
    '10.0.0.0/8, ::1/128',
  ],
  ['traffic.sidecar.istio.io/excludeOutboundIPRanges', '10.0.0.1/8', '*', '10.0.0.0/33', 'all'],
  ['traffic.sidecar.istio.io/excludeInterfaces', 'net1', 'net1, net2', '1net', 'an-interface-too-long'],
  ['prometheus.istio.io/merge-metrics', 'true', 'F', 'yes', ''],
  ['proxy.istio.io/config', 'concurrency: 2', '{}', 'concurrency: two', 'drainDuration: 1', ': :', 'unheardOf: 1'],
]

function settingOf(random: Random): Labels {
  const [name, ...values] = random.pick(settings)
  return { [name]: random.any(values) ?? '' }
}

/** Other policies of an injector, and webhooks that may be called again. */
function varied(random: Random, object: KubernetesObject): KubernetesObject {
  if (object.kind === 'ConfigMap' && random.chance(0.6)) return injecting(object, policyOf(random))
  if (object.kind !== 'MutatingWebhookConfiguration' || !random.chance(0.3)) return object
  const webhooks = listAt(object, 'webhooks').map((each) => ({ ...recordAt(each), reinvocationPolicy: 'IfNeeded' }))
  return { ...object, webhooks }
}

type Policy = { readonly autoInject: string; readonly never: Json[]; readonly always: Json[] }

const selectors: readonly [Json, ...Json[]] = [
  {},
  { matchLabels: { app: 'job' } },
  { matchExpressions: [{ key: 'tier', operator: 'In', values: ['front'] }] },
  { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['front'] }] },
  { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
  { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }], matchLabels: { tier: 'back' } },
  { matchExpressions: [{ key: 'tier', operator: 'In', values: [] }] },
  { matchExpressions: [{ key: 'tier', operator: 'Near', values: ['front'] }] },
  { matchLabels: { app: 'not a label' } },
]

const policyOf = (random: Random): Policy => ({
  autoInject: random.pick(['enabled', 'enabled', 'disabled', 'off']),
  never: random.chance(0.5) ? [random.pick(selectors), random.pick(selectors)] : [],
  always: random.chance(0.5) ? [random.pick(selectors), random.pick(selectors)] : [],
})

/** The chart writes both keys from the same values (istiod-injector-configmap.yaml). */
function injecting(map: KubernetesObject, { autoInject, never, always }: Policy): KubernetesObject {
  const config = parsed(textAt(map, 'data', 'config'))
  const values = parsed(textAt(map, 'data', 'values'))
  const global = recordAt(values, 'global')
  const data = {
    config: stringify({ ...config, policy: autoInject, neverInjectSelector: never, alwaysInjectSelector: always }),
    values: JSON.stringify({
      ...values,
      global: { ...global, proxy: { ...recordAt(global, 'proxy'), autoInject } },
      sidecarInjectorWebhook: {
        ...recordAt(values, 'sidecarInjectorWebhook'),
        neverInjectSelector: never,
        alwaysInjectSelector: always,
      },
    }),
  }
  return { ...map, data }
}

function parsed(text: string | undefined): JsonRecord {
  const value: unknown = parse(text ?? '')
  return isRecord(value) ? value : {}
}
