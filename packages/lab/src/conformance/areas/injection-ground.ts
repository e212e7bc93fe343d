import { isRecord, listAt, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type Breakage, breaking, ignoringSent, only } from '../breakage.ts'
import { type Check, check } from '../check.ts'
import { fits } from '../fits.ts'
import type { Answer, Scene } from '../scene.ts'
import { shared } from '../once-a-run.ts'
import { type ControlPlane, controlPlane, home, install, meshConfig, tag } from './control-plane.ts'
import { pod } from './objects.ts'

export type Labels = Record<string, string>
export type PodWish = { labels?: Labels; annotations?: Labels; spec?: Record<string, unknown> }

export const rev = 'istio.io/rev'
export const inject = 'sidecar.istio.io/inject'
export const enabled: Labels = { 'istio-injection': 'enabled' }

const never = { matchLabels: { never: 'injected' } }
const always = { matchExpressions: [{ key: 'always', operator: 'In', values: ['injected'] }] }

/** Selectors say nothing about Pods unless they say something: the empty one is passed over. */
const selectors = { neverInjectSelector: [{}, never], alwaysInjectSelector: [{}, always] }

/** A second control plane, with a network, a tag of its own, and proxies as ordinary containers. */
export const other = shared(async (ground): Promise<ControlPlane & { readonly tag: string }> => {
  const made = await install(ground, {
    name: ground.unique('other'),
    namespace: await home({ ground }),
    values: {
      meshConfig,
      global: { network: 'net-2', meshID: 'mesh-2', multiCluster: { clusterName: 'second' } },
      sidecarInjectorWebhook: { ...selectors, injectedAnnotations: { 'conformance/injected': 'here' } },
      pilot: { env: { ENABLE_NATIVE_SIDECARS: 'false' } },
    },
  })
  const name = ground.unique('tag')
  await tag(ground, name, made)
  return { ...made, tag: name }
})

/** A third one, that injects only what asks for it. */
export const strict = shared(async (ground) =>
  install(ground, {
    name: ground.unique('strict'),
    namespace: await home({ ground }),
    values: { meshConfig, global: { proxy: { autoInject: 'disabled' } }, sidecarInjectorWebhook: selectors },
  }),
)

export const planes = [controlPlane, other, strict] as const

/** Stand for names that are known only in a run. */
export const by = {
  default: '<default>',
  other: '<other>',
  strict: '<strict>',
  tag: '<tag>',
  nobody: 'nobody',
} as const
export type By = (typeof by)[keyof typeof by]

export async function namesOf(scene: Scene): Promise<Record<By, string>> {
  const [first, second, third] = await Promise.all([controlPlane(scene), other(scene), strict(scene)])
  return {
    [by.default]: first.revision,
    [by.other]: second.revision,
    [by.strict]: third.revision,
    [by.tag]: second.tag,
    [by.nobody]: 'nobody',
  }
}

const called = (labels: Labels, names: Record<string, string>): Labels =>
  Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, names[value] ?? value]))

/** A namespace that has its labels from its first moment: an API server never takes it for one without them. */
export async function labelledNamespace({ ask, unique }: Scene, suffix: string, labels: Labels): Promise<string> {
  const name = unique(suffix)
  fits(await ask('/api/v1/namespaces', { body: { metadata: { name, labels } } }), { status: 201 })
  return name
}

/** What becomes of a Pod; nothing is kept. A new namespace takes Pods only once its ServiceAccount is there. */
export async function admitted(scene: Scene, namespace: string, { spec, ...metadata }: PodWish): Promise<Answer> {
  const path = `/api/v1/namespaces/${namespace}/pods?dryRun=All`
  const body = pod('a', metadata, { containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }], ...spec })
  let last: Answer | undefined
  await scene.eventually(
    async () => {
      last = await scene.ask(path, { body })
      return last
    },
    { status: 201 },
  )
  if (last === undefined) throw new Error('nobody was asked')
  return last
}

/** Who put a proxy into a Pod, and how many of them there are. */
export function injection({ body }: Answer): { by: string; proxies: number } {
  const containers = [...listAt(body, 'spec', 'initContainers'), ...listAt(body, 'spec', 'containers')]
  return {
    by: textAt(body, 'metadata', 'annotations', rev) ?? 'nobody',
    proxies: containers.filter((each) => textAt(each, 'name') === 'istio-proxy').length,
  }
}

export type Row = {
  says: string
  broken: Breakage
  /** Labels of the namespace, in which names may stand for those of a run. */
  namespace?: Labels
  pod?: PodWish
  by: By
}

export const rowCheck = ({ says, broken, namespace = {}, pod: wish = {}, by: whom }: Row): Check =>
  check(says, broken, async (scene) => {
    const names = await namesOf(scene)
    const place = await labelledNamespace(scene, 'pods', called(namespace, names))
    const answer = await admitted(scene, place, { ...wish, labels: called(wish.labels ?? {}, names) })
    const by = names[whom]
    fits(injection(answer), { by, proxies: by === 'nobody' ? 0 : 1 })
  })

const namespaces = /\/namespaces$/
const pods = /\/pods$/

/** A label of namespaces says nothing. */
export const ignoringNamespaceLabel = (key: string): Breakage =>
  only({ path: namespaces }, ignoringSent(['metadata', 'labels', key]))

/** A label of Pods says nothing. */
export const ignoringPodLabel = (key: string): Breakage =>
  only({ path: pods }, ignoringSent(['metadata', 'labels', key]))

export const ignoringPodAnnotation = (key: string): Breakage =>
  only({ path: pods }, ignoringSent(['metadata', 'annotations', key]))

/** Every Pod is taken for one with this label. */
export const labellingPods = (key: string, value: string): Breakage =>
  breaking(`the difference that label ${key} makes`, ({ path, body }) => {
    if (!pods.test(path) || !isRecord(body)) return
    const metadata = recordAt(body, 'metadata')
    body.metadata = { ...metadata, labels: { ...stringsAt(metadata, 'labels'), [key]: value } }
  })
