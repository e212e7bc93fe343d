/**
 * One Go module a family: the dependency versions of these projects do not agree with each other.
 * Each folder under `go/` pins its versions; this file says only what is made of them.
 */
export type FamilyName = 'etcd' | 'kubernetes' | 'kwok' | 'istio' | 'judges' | 'proxies'

/** A file that is needed at run time, copied out of the module cache: `from` is relative to `module`. */
type Keep = { readonly module: string; readonly from: string; readonly to: string }

export type Family = {
  readonly name: FamilyName
  /** Whose module it is built in, when not its own: what asks Istio's code needs exactly what `istio` is built of. */
  readonly module?: FamilyName
  /** Folders of the module with source of our own that is built. */
  readonly source?: readonly string[]
  readonly binaries: readonly { readonly name: string; readonly package: string }[]
  /** Settings of `-X`: clients break on a Kubernetes version of `v0.0.0-master`. */
  readonly settings: Readonly<Record<string, string>>
  readonly keep: readonly Keep[]
}

const kubernetes = (name: string) => ({ name, package: `k8s.io/kubernetes/cmd/${name}` })
const kwokStage = (from: string) => ({
  module: 'sigs.k8s.io/kwok',
  from: `kustomize/stage/${from}`,
  to: `stages/${from.replaceAll('/', '-')}`,
})

const gatewayApiKinds = [
  'gatewayclasses',
  'gateways',
  'httproutes',
  'grpcroutes',
  'tlsroutes',
  'tcproutes',
  'referencegrants',
]

const gatewayApiCrd = (kind: string): Keep => ({
  module: 'sigs.k8s.io/gateway-api',
  from: `config/crd/standard/gateway.networking.k8s.io_${kind}.yaml`,
  to: `crds/gateway-api/${kind}.yaml`,
})

export const kubernetesVersion = 'v1.36.3'

export const families: readonly Family[] = [
  {
    name: 'etcd',
    binaries: [{ name: 'etcd', package: 'go.etcd.io/etcd/server/v3' }],
    settings: {},
    keep: [],
  },
  {
    name: 'kubernetes',
    binaries: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl'].map(kubernetes),
    settings: {
      'k8s.io/component-base/version.gitVersion': kubernetesVersion,
      'k8s.io/component-base/version.gitMajor': '1',
      'k8s.io/component-base/version.gitMinor': '36',
    },
    keep: [],
  },
  {
    name: 'kwok',
    binaries: [{ name: 'kwok', package: 'sigs.k8s.io/kwok/cmd/kwok' }],
    settings: { 'sigs.k8s.io/kwok/pkg/consts.Version': 'v0.8.0' },
    keep: [
      kwokStage('node/fast/node-initialize.yaml'),
      kwokStage('node/heartbeat/node-heartbeat.yaml'),
      kwokStage('pod/fast/pod-ready.yaml'),
      kwokStage('pod/fast/pod-complete.yaml'),
      kwokStage('pod/fast/pod-delete.yaml'),
      {
        module: 'sigs.k8s.io/kwok',
        from: 'kustomize/crd/bases/kwok.x-k8s.io_portforwards.yaml',
        to: 'crds/portforwards.yaml',
      },
    ],
  },
  {
    name: 'istio',
    binaries: [
      { name: 'pilot-discovery', package: 'istio.io/istio/pilot/cmd/pilot-discovery' },
      { name: 'istioctl', package: 'istio.io/istio/istioctl/cmd/istioctl' },
    ],
    settings: {
      'istio.io/istio/pkg/version.buildVersion': '1.32-alpha.eed52ebb66ad',
      'istio.io/istio/pkg/version.buildGitRevision': 'eed52ebb66ad',
      'istio.io/istio/pkg/version.buildHub': 'docker.io/istio',
      'istio.io/istio/pkg/version.buildTag': '1.32-alpha.eed52ebb66ad',
    },
    keep: [
      { module: 'istio.io/istio', from: 'manifests/charts/base/files/crd-all.gen.yaml', to: 'crds/istio.yaml' },
      ...gatewayApiKinds.map(gatewayApiCrd),
    ],
  },
  {
    name: 'judges',
    module: 'istio',
    source: ['answers', 'judges', 'worlds'],
    binaries: [{ name: 'istio-judges', package: './judges' }],
    settings: {},
    keep: [],
  },
  {
    name: 'proxies',
    module: 'istio',
    source: ['answers', 'proxies', 'worlds'],
    binaries: [{ name: 'istio-proxies', package: './proxies' }],
    settings: {},
    keep: [...gatewayApiKinds, 'backendtlspolicies', 'listenersets'].map(gatewayApiCrd),
  },
]

export const linkFlags = (family: Family): string =>
  ['-s -w', ...Object.entries(family.settings).map(([name, value]) => `-X ${name}=${value}`)].join(' ')
