import { isRecord, type JsonRecord, listAt, recordAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { injectedAnnotations, injectedLabels } from './metadata.ts'
import { overlayContainer } from './overlay-container.ts'
import { initContainer, PROXY_VOLUMES, proxyContainer, type Template } from './proxy-container.ts'

export type PatchOperation = { op: 'add'; path: string; value: JsonRecord | JsonRecord[] }

/**
 * The JSON patch that puts a proxy into a Pod, shaped as istiod's (files/injection-template.yaml, pkg/kube/inject
 * reorderPod): classic sidecar last among the containers, native sidecar right after istio-init. What an earlier injection
 * has added is made anew.
 */
export function injectionPatch(pod: KubernetesObject, template: Template): PatchOperation[] {
  const earlier = injectedBefore(pod)
  const own = ownContainers(pod, earlier)
  const gateway = annotationsOf(pod)['inject.istio.io/templates'] === 'gateway'
  const parts = gateway ? gatewayParts(pod, template, own) : sidecarParts(pod, template, own)
  const added = {
    initContainers: parts.addedInit,
    containers: parts.addedMain,
    volumes: PROXY_VOLUMES.map((each) => textAt(each, 'name') ?? ''),
    revision: template.revision,
  }
  const overrides = earlier === undefined && own.proxy !== undefined ? overridesOf(own.proxy, parts) : undefined
  const names = new Set(added.volumes)
  const volumes = records(pod, 'volumes').filter(({ name }) => typeof name !== 'string' || !names.has(name))
  return [
    { op: 'add', path: '/metadata/labels', value: injectedLabels(pod, template, { mutual: !gateway }) },
    { op: 'add', path: '/metadata/annotations', value: injectedAnnotations(pod, template, { added, overrides }) },
    { op: 'add', path: '/spec/initContainers', value: parts.initContainers },
    { op: 'add', path: '/spec/containers', value: parts.containers },
    { op: 'add', path: '/spec/volumes', value: [...volumes, ...PROXY_VOLUMES] },
  ]
}

type Parts = { initContainers: JsonRecord[]; containers: JsonRecord[]; addedInit: string[]; addedMain: string[] }

/** What a Pod has without injection; `proxy` is a container of its own with the proxy's name. */
type Own = { init: JsonRecord[]; main: JsonRecord[]; proxy: JsonRecord | undefined }

function records(pod: KubernetesObject, list: string): JsonRecord[] {
  return listAt(pod, 'spec', list).map((each) => recordAt(each))
}

function isProxy(container: JsonRecord): boolean {
  return container.name === 'istio-proxy'
}

/** Names that annotation sidecar.istio.io/status lists; undefined when the Pod was never injected. */
function injectedBefore(pod: KubernetesObject): Set<string> | undefined {
  const status = parsedJson(annotationsOf(pod)['sidecar.istio.io/status'])
  return status === undefined
    ? undefined
    : new Set([...textsAt(status, 'initContainers'), ...textsAt(status, 'containers')])
}

function parsedJson(text: string | undefined): JsonRecord | undefined {
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined // what is no JSON says nothing, as istiod takes it
  }
}

function ownContainers(pod: KubernetesObject, earlier: ReadonlySet<string> | undefined): Own {
  const isOwn = ({ name }: JsonRecord): boolean => typeof name !== 'string' || earlier?.has(name) !== true
  const [init, main] = [records(pod, 'initContainers').filter(isOwn), records(pod, 'containers').filter(isOwn)]
  const kept = parsedJson(annotationsOf(pod)['proxy.istio.io/overrides'])
  const remembered = [...listAt(kept, 'containers'), ...listAt(kept, 'initContainers')].map((each) => recordAt(each))
  return {
    init: init.filter((each) => !isProxy(each)),
    main: main.filter((each) => !isProxy(each)),
    proxy: [...remembered, ...main, ...init].find(isProxy),
  }
}

function overridesOf(proxy: JsonRecord, { addedMain }: Parts): string {
  const { image, ...rest } = proxy
  const container = image === 'auto' ? rest : proxy
  return JSON.stringify(
    addedMain.includes('istio-proxy') ? { containers: [container] } : { initContainers: [container] },
  )
}

/** Fields of a container named istio-proxy that the Pod brings itself win; image `auto` means the template's. */
function withOverrides(proxy: JsonRecord, custom: JsonRecord | undefined): JsonRecord {
  if (custom === undefined) return proxy
  const { image, ...rest } = custom
  return overlayContainer(proxy, image === 'auto' ? rest : custom)
}

function sidecarParts(pod: KubernetesObject, template: Template, { init, main, proxy: custom }: Own): Parts {
  const setup = initContainer(pod, template)
  const proxy = withOverrides(proxyContainer(pod, template, 'sidecar'), custom)
  const setups = setup === undefined ? [] : [setup]
  const setupNames = setups.map((each) => textAt(each, 'name') ?? '')
  const others = init.filter(({ name }) => typeof name !== 'string' || !setupNames.includes(name))
  if (template.native) {
    const initContainers = [...setups, proxy, ...others]
    return { initContainers, containers: main, addedInit: [...setupNames, 'istio-proxy'], addedMain: [] }
  }
  const initContainers = setupNames.includes('istio-validation') ? [...setups, ...others] : [...others, ...setups]
  return { initContainers, containers: [...main, proxy], addedInit: setupNames, addedMain: ['istio-proxy'] }
}

function gatewayParts(pod: KubernetesObject, template: Template, { init, main, proxy: custom }: Own): Parts {
  const proxy = withOverrides(proxyContainer(pod, template, 'router'), custom)
  return { initContainers: init, containers: [...main, proxy], addedInit: [], addedMain: ['istio-proxy'] }
}
