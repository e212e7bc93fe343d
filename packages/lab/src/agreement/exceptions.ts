import { codeOf, type Pair } from './pairs.ts'
import type { World } from './real-judges.ts'

/** Where we say something else than istioctl, because Istio itself does something else than its analyser says. */
export type Exception = {
  readonly code: string
  /** Who says it. */
  readonly only: 'theirs' | 'ours'
  /** Part of the pair, or every pair of the code. */
  readonly about?: string
  /** In which worlds; everywhere if it is not said. */
  readonly worlds?: (world: World) => boolean
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

export const exceptions: readonly Exception[] = [
  ...mixedUp,
  {
    code: 'IST0002',
    only: 'ours',
    about: 'CustomResourceDefinition',
    difference:
      'Kinds of the old RBAC: of files istioctl reads a definition’s spec as if it were the definition, and never finds group and kind. Of a cluster it says what we say.',
    source: 'pilot/pkg/config/file/store.go (TranslateObject)',
  },
  {
    code: 'IST0140',
    only: 'theirs',
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
      (each.worlds?.(world) ?? true),
  )
}
