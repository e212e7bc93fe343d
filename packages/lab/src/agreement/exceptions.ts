import { codeOf, type Pair } from './pairs.ts'

/** Where we say something else than istioctl, because Istio itself does something else than its analyser says. */
export type Exception = {
  readonly code: string
  /** Who says it. */
  readonly only: 'theirs' | 'ours'
  /** Part of the pair, or every pair of the code. */
  readonly about?: string
  readonly difference: string
  /** File of istio.io/istio that explains it. */
  readonly source: string
}

export const exceptions: readonly Exception[] = [
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

export const isException = (pair: Pair, only: Exception['only']): boolean =>
  exceptions.some((each) => each.only === only && each.code === codeOf(pair) && pair.includes(each.about ?? ''))
