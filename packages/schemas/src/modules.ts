/** Where the generated data come from: Go modules, pinned as the lab pins them (packages/lab/go/istio/go.mod). */
export type Source = {
  readonly module: string
  readonly version: string
  /** A YAML file, or a folder of which every CustomResourceDefinition is taken; relative to the module. */
  readonly path: string
}

export const sources: readonly Source[] = [
  {
    module: 'istio.io/istio',
    version: 'v0.0.0-20260827124520-eed52ebb66ad',
    path: 'manifests/charts/base/files/crd-all.gen.yaml',
  },
  // The version that Istio's own go.mod names.
  { module: 'sigs.k8s.io/gateway-api', version: 'v1.6.0', path: 'config/crd/standard' },
]
