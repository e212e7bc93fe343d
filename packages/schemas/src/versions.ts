/** One entry of the operator's version list: an alias points at a version, an end-of-life version has lost its charts. */
export type IstioVersion = {
  readonly name: string
  /** What it installs, without the v; for an alias, of what it points at. */
  readonly version: string
  readonly eol: boolean
  readonly alias?: string
}

const version = (name: string, eol = false): IstioVersion => ({ name, version: name.slice(1), eol })
const alias = (name: string, of: string, eol = false): IstioVersion => ({ name, version: of.slice(1), eol, alias: of })

type Minor = { readonly newest: number; readonly oldest?: number; readonly eol?: true }

/** An alias for the newest patch of a minor, and its patches. */
const minor = (name: string, { newest, oldest = 0, eol }: Minor): IstioVersion[] => {
  const patches = Array.from({ length: newest - oldest + 1 }, (_, index) => `v${name}.${newest - index}`)
  return [alias(`v${name}-latest`, `v${name}.${newest}`, eol), ...patches.map((each) => version(each, eol))]
}

/**
 * Versions of a Sail Operator 1.31 (sail pkg/istioversion/versions.yaml, main @ 328df99d), in its order. What has come to
 * the end of its life stays in the CRD for old objects, its aliases included.
 */
export const istioVersions: readonly IstioVersion[] = [
  alias('v1.31-latest', 'v1.31.0-beta.1'),
  version('v1.31.0-beta.1'),
  ...minor('1.30', { newest: 3 }),
  ...minor('1.29', { newest: 6 }),
  ...minor('1.28', { newest: 10, eol: true }),
  ...minor('1.27', { newest: 9, eol: true }),
  ...minor('1.26', { newest: 8, eol: true }),
  ...minor('1.25', { newest: 5, oldest: 1, eol: true }),
  ...minor('1.24', { newest: 6, eol: true }),
  ...minor('1.23', { newest: 6, oldest: 2, eol: true }),
  ...minor('1.22', { newest: 8, oldest: 5, eol: true }),
  version('v1.21.6', true),
  alias('master', 'v1.32.0-alpha.527f8d6c'),
  version('v1.32.0-alpha.527f8d6c'),
]

/** What an Istio object without a version gets; it moves with the operator, so a mesh never relies on it. */
export const defaultVersion = 'v1.31.0-beta.1'
