import { isRecord, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, splitApiVersion } from '@orbweaver/contracts/kubernetes'
import { isOwnToCluster } from '@orbweaver/istio/findings/clusters/own-to-cluster'
import { runsMesh } from '@orbweaver/istio/findings/namespace/runs-mesh'
import { meshSettings } from '@orbweaver/istio/world/mesh-settings'
import { clusterView } from '@orbweaver/istio/world/view'
import { parse } from 'yaml'
import { codeOf, type Pair, pairOf } from './pairs.ts'
import type { World } from './real-judges.ts'

/** Where we say something else than istioctl, because Istio itself does something else than its analyser says. */
export type Exception = {
  readonly code: string
  /** Who says it. */
  readonly only: 'theirs' | 'ours'
  /** Part of the pair, or every pair of the code. */
  readonly about?: string
  /** In which worlds; everywhere if it is not said. */
  readonly worlds?: (world: World, pair: Pair) => boolean
  readonly difference: string
  /** File of istio.io/istio that explains it. */
  readonly source: string
}

const hasSeveralClusters = ({ remotes = {} }: World): boolean => Object.keys(remotes).length > 0

/** Codes for which istioctl looks at namespaces and Services of all clusters by their names alone. */
const mixedUp = ['IST0103', 'IST0116', 'IST0137', 'IST0158'].map(
  (code): Exception => ({
    code,
    only: 'theirs',
    worlds: hasSeveralClusters,
    difference:
      'Several clusters: istioctl takes namespaces and Services of one name for one. Labels of a namespace ask for sidecars in its own cluster, and a Service selects Pods there.',
    source: 'pkg/config/analysis/local/context.go (ForEach), pkg/kube/inject/inject.go (injectRequired)',
  }),
)

const objectOf = ({ objects }: World, pair: Pair): KubernetesObject | undefined =>
  objects.find((each) => pairOf(codeOf(pair), namedOf(each)) === pair)

const namedOf = ({ apiVersion, kind, metadata: { name, namespace = '' } }: KubernetesObject) => ({
  group: splitApiVersion(apiVersion).group,
  kind,
  namespace,
  name,
})

/** Whether a server's credential is named by a URL, such as `kubernetes-gateway://ns/name`. */
const hasCredentialUrl = (world: World, pair: Pair): boolean =>
  listAt(objectOf(world, pair), 'spec', 'servers').some((each) =>
    (textAt(each, 'tls', 'credentialName') ?? '').includes('://'),
  )

/** Whether a server ends or passes on TLS for the hosts of its own namespace, said by `./`. */
const hasHostsOfOwn = (world: World, pair: Pair): boolean =>
  listAt(objectOf(world, pair), 'spec', 'servers').some(
    (each) => textAt(each, 'tls', 'mode') !== undefined && textsAt(each, 'hosts').some((host) => host.startsWith('./')),
  )

/** Whether every VirtualService that istioctl means is of another namespace, and the host is said by a short name. */
function isOfOthers({ objects }: World, pair: Pair): boolean {
  const rule = objects.find((each) => pairOf(codeOf(pair), namedOf(each)) === pair)
  const plain = new Set(targetsOf(rule).flatMap(({ host, subset }) => (subset === '' ? [host] : [])))
  const meant = objects.filter(
    (each) =>
      each.kind === 'VirtualService' &&
      targetsOf(each).some(
        ({ host, subset }) => subset !== '' && plain.has(host) && listAt(each, 'spec', 'hosts').includes(host),
      ),
  )
  const isShort = [...plain].every((host) => !host.endsWith('.svc.cluster.local'))
  return isShort && meant.every((each) => each.metadata.namespace !== rule?.metadata.namespace)
}

function targetsOf(rule: KubernetesObject | undefined): { host: string; subset: string }[] {
  return listAt(rule, 'spec', 'http')
    .flatMap((route) => listAt(route, 'route'))
    .map((each) => ({
      host: textAt(each, 'destination', 'host') ?? '',
      subset: textAt(each, 'destination', 'subset') ?? '',
    }))
}

/** Whether the Service is one that each cluster has for itself. */
function isOfCluster(world: World, pair: Pair): boolean {
  const object = objectOf(world, pair)
  const config: unknown = parse(world.meshConfig ?? '')
  const settings = meshSettings({ istioNamespace: 'istio-system', config: isRecord(config) ? config : {} })
  return object !== undefined && isOwnToCluster(object, settings)
}

/** Whether a namespace runs the mesh, by what there is of it. */
function isOfMesh(world: World, pair: Pair): boolean {
  const { objects, remotes = {} } = world
  const namespace = objectOf(world, pair)
  const views = [objects, ...Object.values(remotes)].map((each, index) => clusterView(String(index), each))
  return namespace !== undefined && views.some((view) => runsMesh(view, namespace))
}

const hasOtherRoot = ({ meshConfig = '' }: World): boolean => /rootNamespace: (?!istio-system\b)/.test(meshConfig)

const claims = (only: Exception['only']): Exception => ({
  code: 'IST0149',
  only,
  worlds: hasOtherRoot,
  difference:
    'RequestAuthentications for the whole mesh: istioctl looks for them in istio-system, Istio in the root namespace that the mesh configuration names.',
  source: 'pilot/pkg/model/authentication.go (rootNamespace)',
})

const order = (code: string, only: Exception['only']): Exception => ({
  code,
  only,
  worlds: (world) => world.objects.filter(({ kind }) => kind === 'EnvoyFilter').length > 1,
  difference:
    'istioctl remembers names of patches for certain proxy versions from one EnvoyFilter to the next, in the random order of a map; we judge each EnvoyFilter by itself.',
  source: 'pkg/config/analysis/analyzers/envoyfilter/envoyfilter.go (patchFilterNames), pkg/kube/krt/static.go (List)',
})

/** Operations that istiod carries out, and its analyser takes for ignored. */
const carriedOut = (code: string, { applyTo, operation }: { applyTo: string; operation: string }): Exception => ({
  code,
  only: 'theirs',
  worlds: (world, pair) =>
    listAt(objectOf(world, pair), 'spec', 'configPatches').some(
      (each) => textAt(each, 'applyTo') === applyTo && textAt(each, 'patch', 'operation') === operation,
    ),
  difference: `${operation} of ${applyTo}: istioctl says that it is ignored; istiod does it.`,
  source: `pilot/pkg/networking/core/envoyfilter/${applyTo === 'HTTP_ROUTE' ? 'rc_patch.go (patchHTTPRoutes)' : 'listener_patch.go (patchListenerFilters)'}`,
})

/** What `istioctl x precheck` tells, and `istioctl analyze` does not. */
const prechecked = ['IST0156', 'IST0172', 'IST0169'].map(
  (code): Exception => ({
    code,
    only: 'ours',
    difference: 'Told by istioctl x precheck, which is not compared.',
    source: 'istioctl/pkg/precheck/precheck.go',
  }),
)

export const exceptions: readonly Exception[] = [
  ...prechecked,
  carriedOut('IST0152', { applyTo: 'LISTENER_FILTER', operation: 'REPLACE' }),
  carriedOut('IST0153', { applyTo: 'HTTP_ROUTE', operation: 'ADD' }),
  carriedOut('IST0154', { applyTo: 'HTTP_ROUTE', operation: 'REMOVE' }),
  ...mixedUp,
  {
    code: 'IST0173',
    only: 'theirs',
    difference:
      'istioctl asks for a Pod with the labels of the subset and nothing else. Endpoints are also WorkloadEntries and those written in a ServiceEntry; hosts that are resolved by who calls have no list of them; labels of cluster and network are given by istiod.',
    source:
      'pilot/pkg/serviceregistry/serviceentry/conversion.go, pilot/pkg/serviceregistry/util/label/label.go (AugmentLabels)',
  },
  {
    code: 'IST0101',
    only: 'theirs',
    worlds: hasCredentialUrl,
    difference: 'A credential that is named by a URL: istioctl looks for a Secret of that very name.',
    source: 'pilot/pkg/model/credentials/resource.go (ToResourceName)',
  },
  {
    code: 'IST0170',
    only: 'theirs',
    worlds: isOfCluster,
    difference:
      'Control planes and gateways, and hosts that are kept to their cluster: each cluster has them for itself, and no caller is sent to those of another.',
    source: 'pilot/pkg/model/cluster_local.go (onMeshUpdated)',
  },
  {
    code: 'IST0102',
    only: 'theirs',
    worlds: isOfMesh,
    difference:
      'Namespaces in which the mesh itself runs: istioctl leaves out istio-system by its name. Control planes, agents of nodes and operators take no sidecar in any other namespace either.',
    source: 'pkg/config/analysis/analyzers/injection/injection.go, manifests/charts (sidecar.istio.io/inject: "false")',
  },
  claims('theirs'),
  claims('ours'),
  order('IST0151', 'theirs'),
  order('IST0151', 'ours'),
  order('IST0155', 'theirs'),
  order('IST0155', 'ours'),
  {
    code: 'IST0002',
    only: 'ours',
    about: 'CustomResourceDefinition',
    difference:
      'Kinds of the old RBAC: of files istioctl reads a definition’s spec as if it were the definition, and never finds group and kind. Of a cluster it says what we say.',
    source: 'pilot/pkg/config/file/store.go (TranslateObject)',
  },
  {
    code: 'IST0145',
    only: 'theirs',
    worlds: hasHostsOfOwn,
    difference:
      'TLS servers of two namespaces for `./host`: istioctl compares hosts as they are written, istiod with the namespace that `.` stands for.',
    source: 'pilot/pkg/model/gateway.go (sanitizeServerHostNamespace)',
  },
  {
    code: 'IST0140',
    only: 'theirs',
    worlds: isOfOthers,
    difference:
      'istioctl compares hosts as they are written: `web` of one namespace and `web` of another are one to it. They are two services.',
    source: 'pkg/config/model.go (ResolveShortnameToFQDN)',
  },
]

export function isException(pair: Pair, only: Exception['only'], world: World): boolean {
  return exceptions.some(
    (each) =>
      each.only === only &&
      each.code === codeOf(pair) &&
      pair.includes(each.about ?? '') &&
      (each.worlds?.(world, pair) ?? true),
  )
}
