/**
 * Where the schema of Istio's values comes from, one row a minor: the build of istio.io/istio whose operator/pkg/apis and
 * chart it is, and the API that describes mesh configuration. `sum` is Go's hash of the module.
 * Patches of a minor have the same values as its first, except for `later`.
 */
export type ValuesSource = {
  readonly minor: string
  readonly istio: { readonly version: string; readonly sum: string; readonly of: string }
  readonly api: { readonly version: string; readonly sum: string }
  /** Fields that a patch of this minor has brought, taken from the next: its first patch, `type.field`. */
  readonly later: Readonly<Record<string, string>>
}

export const valuesSources: readonly ValuesSource[] = [
  {
    minor: '1.27',
    istio: {
      version: 'v0.0.0-20260403063052-b9159ca3e5d5',
      sum: 'h1:7jPkixzr2Ye4hEWCQgKSp4a50itfep8rDIsczwEHH78=',
      of: '1.27.9',
    },
    api: { version: 'v1.27.5', sum: 'h1:y3zH7S97PKtbqK4Ch0/Tr7eLR8p/HQFsE+efbFZh6PI=' },
    later: {},
  },
  {
    minor: '1.28',
    istio: {
      version: 'v0.0.0-20260114100434-4c1f845d839e',
      sum: 'h1:0lQ356FUPlFFnxe2w30195zOvwQPzCepZra5MY18tIM=',
      of: '1.28.3',
    },
    api: { version: 'v1.28.3', sum: 'h1:mW2m+RGA/qM+xVYg9aqUXrWXwZqQg1WKEMkuU0Ef2c8=' },
    later: {},
  },
  {
    minor: '1.29',
    istio: {
      version: 'v0.0.0-20260306174214-6991a379e1fc',
      sum: 'h1:/cuKTtCeZxShA9tOz6N0QwNraftSlel9bqOvMNune94=',
      of: '1.29.1',
    },
    api: { version: 'v1.29.2', sum: 'h1:KPYyUHQdbRUfx21JDZQr906d7PyWA9R8cIR1WS0MTo4=' },
    later: {},
  },
  {
    minor: '1.30',
    istio: {
      version: 'v0.0.0-20260423205519-b01690e6db7d',
      sum: 'h1:A+Us0Ium1V2WFsOJYZAfeNfWmPQULLUVdgwNm7KjLF8=',
      of: '1.30.0',
    },
    api: { version: 'v1.30.3', sum: 'h1:pPSa0uah/t7CEuwacS4rw5qK/oHGvxC0WO8i4RRGwEU=' },
    later: { 'PilotTaintControllerConfig.name': '1.30.3' },
  },
  {
    minor: '1.31',
    istio: {
      version: 'v0.0.0-20260827124520-eed52ebb66ad',
      sum: 'h1:ui9TJjRMAV/hb5ehQaZDq7IUGxuQP6dra9lapT/VjHI=',
      of: '1.31',
    },
    api: { version: 'v1.31.0', sum: 'h1:qGf/hZwCu5LOPK0jGti38NF71E8Eq4jGyhz/l2xsszU=' },
    later: {},
  },
]

/** In the module istio.io/istio. */
export const istioFiles = {
  values: 'operator/pkg/apis/values_types.proto',
  chart: 'manifests/charts/istio-control/istio-discovery/values.yaml',
} as const

/** In the module istio.io/api. */
export const apiFiles = [
  'mesh/v1alpha1/config.proto',
  'mesh/v1alpha1/proxy.proto',
  'mesh/v1alpha1/network.proto',
  'networking/v1alpha3/destination_rule.proto',
  'networking/v1alpha3/virtual_service.proto',
  'networking/v1beta1/proxy_config.proto',
] as const
