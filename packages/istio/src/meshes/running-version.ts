import { listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { readProxy } from '../injection/proxy.ts'
import { imageVersion } from '../plain.ts'
import { compareVersions } from '../versions.ts'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'
import type { Place } from './facts.ts'

/**
 * The version that a control plane runs as, of a mesh that says none: the tag of its istiod's image; where istiod is elsewhere, the
 * newest of the proxies that it has injected. Undefined where neither shows one.
 */
export function runningVersion(views: readonly ClusterView[], place: Place): string | undefined {
  return (
    ofIstiod(views, place) ?? newest(views.flatMap((view) => ofProxies(view.list(kinds.pod)).get(place.revision) ?? []))
  )
}

function ofIstiod(views: readonly ClusterView[], { namespace, revision }: Place): string | undefined {
  const istiods = views
    .flatMap((view) => view.list(kinds.deployment, namespace))
    .filter((each) => labelsOf(each).app === 'istiod' && (labelsOf(each)[names.revision] ?? 'default') === revision)
  return newest(istiods.flatMap((each) => discoveryImage(each) ?? []))
}

function discoveryImage(deployment: KubernetesObject): string | undefined {
  const containers = listAt(deployment, 'spec', 'template', 'spec', 'containers')
  const discovery = containers.find((each) => textAt(each, 'name') === 'discovery')
  return imageVersion(textAt(discovery, 'image'))
}

/** By the list itself, which stays the same until a Pod changes: it is asked about by every question to the mesh. */
const byList = new WeakMap<readonly KubernetesObject[], ReadonlyMap<string, string>>()

/** The newest proxy of each revision. */
function ofProxies(pods: readonly KubernetesObject[]): ReadonlyMap<string, string> {
  const known = byList.get(pods)
  if (known !== undefined) return known
  const found = new Map<string, string>()
  for (const pod of pods) {
    const proxy = readProxy(pod)
    if ((proxy.kind !== 'sidecar' && proxy.kind !== 'gateway') || proxy.version === undefined) continue
    const before = found.get(proxy.revision)
    if (before === undefined || compareVersions(proxy.version, before) < 0) found.set(proxy.revision, proxy.version)
  }
  byList.set(pods, found)
  return found
}

function newest(versions: readonly string[]): string | undefined {
  return versions.toSorted(compareVersions)[0]
}
