import { isRecord } from '@orbweaver/contracts/json'
import { type KubernetesObject, splitApiVersion } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { judge } from '@orbweaver/istio/findings/judge'
import { judges } from '@orbweaver/istio/findings/judges'
import { muteOf } from '@orbweaver/istio/findings/muting'
import { structureJudge } from '@orbweaver/istio/findings/schema/structure'
import { meshParts } from '@orbweaver/istio/findings/world'
import { kindKey, kinds } from '@orbweaver/istio/world/kinds'
import { clusterView } from '@orbweaver/istio/world/view'
import { kubernetesYaml } from '@orbweaver/istio/kubernetes-yaml'
import { istioCrds } from '@orbweaver/schemas/istio'
import { parse } from 'yaml'
import { make } from './draft.ts'
import { type Pair, pairOf } from './pairs.ts'
import type { World } from './real-judges.ts'

/** It knows which versions there are: istioctl leaves out what is in another. */
const structure = structureJudge(istioCrds)

/** Namespaces that istioctl does not see (istio pkg/kube/inject IgnoredNamespaces). */
const unseen = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'])

/** What `istioctl analyze` adds to files (pkg/config/analysis/local/defaults.go). */
function ingressGateway(service: string): KubernetesObject[] {
  const port = (name: string, number: number) => ({ name, port: number, protocol: 'TCP', targetPort: number })
  const ports = [port('http2', 80), port('https', 443), port('tcp', 31_400), port('tls', 15_443)]
  const labels = { istio: 'ingressgateway' }
  return [
    make('Pod', `${service}-dummypod`, {
      namespace: 'istio-system',
      labels,
      spec: { containers: [{ name: 'istio-proxy' }] },
    }),
    make('Service', service, { namespace: 'istio-system', spec: { ports, selector: labels } }),
  ]
}

/** Codes of istioctl that one of our findings carries. */
export const judgedCodes: ReadonlySet<string> = new Set(
  judges.flatMap(({ says }) => says.flatMap(({ aliases = [] }) => aliases.filter(isAnalyzerCode))),
)

function isAnalyzerCode(alias: string): boolean {
  return /^IST\d{4}$/.test(alias)
}

/** What our judges say of a world, in istioctl's codes. */
export function ours(world: World): readonly Pair[] {
  const settings: unknown = world.meshConfig ? parse(world.meshConfig) : {}
  const config = isRecord(settings) ? settings : {}
  const service = typeof config['ingressService'] === 'string' ? config['ingressService'] : 'istio-ingressgateway'
  const added = world.bare === true || config['ingressControllerMode'] === 'OFF' ? [] : ingressGateway(service)
  const mesh = make('ConfigMap', 'istio', {
    namespace: 'istio-system',
    data: { mesh: world.meshConfig ?? '', meshNetworks: world.meshNetworks ?? '' },
  })
  const own = [mesh, ...world.objects, ...added.filter((each) => !world.objects.some((other) => isSame(each, other)))]
  const view = (name: string, objects: readonly KubernetesObject[]) =>
    clusterView(name, objects.filter(isSeen), Object.values(kinds))
  const main = view('default', own)
  const others = Object.entries(world.remotes ?? {}).map(([name, objects]) =>
    view(name, objects.filter(isReadElsewhere)),
  )
  const parts = meshParts({
    config: main,
    clusters: [main, ...others],
    settings: { config, istioNamespace: 'istio-system' },
    yaml: (text): unknown => parse(text, kubernetesYaml),
  })
  const now = new Date()
  const isMuted = (finding: Finding) => {
    const { cluster, name, namespace } = finding.ref
    const object = parts.clusters.find((each) => each.cluster === cluster)?.get(kindKey(finding.ref), name, namespace)
    return object !== undefined && muteOf(object, finding, now) !== undefined
  }
  return judge(parts, [structure])
    .filter((finding) => !isMuted(finding))
    .flatMap(({ aliases, ref }) =>
      aliases.filter(isAnalyzerCode).map((code) => pairOf(code, { ...ref, namespace: ref.namespace ?? '' })),
    )
}

const isSame = (one: KubernetesObject, other: KubernetesObject): boolean =>
  one.kind === other.kind &&
  splitApiVersion(one.apiVersion).group === splitApiVersion(other.apiVersion).group &&
  one.metadata.name === other.metadata.name &&
  one.metadata.namespace === other.metadata.namespace

/** istioctl reads only these of clusters that are not the first. */
const isReadElsewhere = ({ kind }: KubernetesObject): boolean =>
  ['Service', 'Namespace', 'Node', 'Pod', 'Secret'].includes(kind)

const isSeen = ({ kind, metadata }: KubernetesObject): boolean =>
  !unseen.has((kind === 'Namespace' ? metadata.name : metadata.namespace) ?? '')
