import { type Json, listAt, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { Breakage } from '../breakage.ts'
import { check, type Check } from '../check.ts'
import { fits, type Shape } from '../fits.ts'
import type { Scene } from '../scene.ts'
import { controlPlane } from './control-plane.ts'
import {
  admitted,
  enabled,
  inject,
  labelledNamespace,
  labellingPods,
  other,
  type PodWish,
  rev,
} from './injection-ground.ts'

const names = (list: readonly Json[]): (string | undefined)[] => list.map((each) => textAt(each, 'name'))

/** What of an injected Pod is looked at. */
export const seen = (body: Json) => {
  const [init, main] = [listAt(body, 'spec', 'initContainers'), listAt(body, 'spec', 'containers')]
  const proxy = [...init, ...main].find((each) => textAt(each, 'name') === 'istio-proxy')
  const environment = listAt(proxy, 'env').map((each): [string, string | undefined] => [
    textAt(each, 'name') ?? '',
    textAt(each, 'value'),
  ])
  const annotations = stringsAt(body, 'metadata', 'annotations')
  const status: unknown = JSON.parse(annotations['sidecar.istio.io/status'] ?? 'null')
  return {
    init: names(init),
    main: names(main),
    proxy,
    setup: init.find((each) => textAt(each, 'name') === 'istio-init'),
    env: Object.fromEntries(environment),
    labels: stringsAt(body, 'metadata', 'labels'),
    annotations,
    status,
    volumes: names(listAt(body, 'spec', 'volumes')),
    spec: recordAt(body, 'spec'),
  }
}

/** Of the control plane of the tag default. */
export async function injected(scene: Scene, pod: PodWish = {}) {
  const { revision, namespace } = await controlPlane(scene)
  const place = await labelledNamespace(scene, 'pods', enabled)
  return { revision, namespace, place, ...seen((await admitted(scene, place, pod)).body) }
}

/** Of the second control plane, whose proxies are ordinary containers. */
export async function injectedByOther(scene: Scene, pod: PodWish = {}) {
  const plane = await other(scene)
  const place = await labelledNamespace(scene, 'pods', { [rev]: plane.revision })
  return { ...plane, ...seen((await admitted(scene, place, pod)).body) }
}

/** Pods are not injected at all. */
export const off = labellingPods(inject, 'false')
export type Part = {
  says: string
  pod?: PodWish
  by?: typeof injected | typeof injectedByOther
  /** The Pod must look like this. */
  is: Shape
  broken?: Breakage
}

export const partCheck = ({ says, pod = {}, by = injected, is, broken = off }: Part): Check =>
  check(says, broken, async (scene) => fits(await by(scene, pod), is))

/** An init container that the Pod brings. */
export const own = { initContainers: [{ name: 'own', image: 'registry.k8s.io/pause:3.10' }] }

/** What injection adds. */
export const volumes = [
  'workload-socket',
  'credential-socket',
  'workload-certs',
  'istio-envoy',
  'istio-data',
  'istio-podinfo',
  'istio-token',
  'istiod-ca-cert',
  'istio-ca-crl',
]
