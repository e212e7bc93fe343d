/** One entry of the operator's version list: an alias points at a version, an end-of-life version has lost its charts. */
export type IstioVersion = {
  readonly name: string
  /** What it installs, without the v; for an alias, of what it points at. */
  readonly version: string
  readonly eol: boolean
  readonly alias?: string
}

const version = (name: string, eol = false): IstioVersion => ({ name, version: name.slice(1), eol })
const alias = (name: string, of: string): IstioVersion => ({ name, version: of.slice(1), eol: false, alias: of })
const minor = (name: string, newest: number): string[] =>
  Array.from({ length: newest + 1 }, (_, index) => `v${name}.${newest - index}`)

/**
 * Versions of a Sail Operator 1.31 (sail pkg/istioversion/versions.yaml, main @ 328df99d), newest minor first: what it
 * installs is exact. Of the end-of-life versions, which the CRD keeps for old objects, every minor is here, but the
 * number of its patches is an assumption (seven each): the list of a real cluster is the enum of its own CRD.
 */
export const istioVersions: readonly IstioVersion[] = [
  alias('v1.31-latest', 'v1.31.0-beta.1'),
  version('v1.31.0-beta.1'),
  alias('v1.30-latest', 'v1.30.3'),
  ...minor('1.30', 3).map((name) => version(name)),
  alias('v1.29-latest', 'v1.29.6'),
  ...minor('1.29', 6).map((name) => version(name)),
  ...['1.28', '1.27', '1.26', '1.25', '1.24'].flatMap((name) => minor(name, 6)).map((name) => version(name, true)),
  alias('master', 'v1.32-alpha'),
  version('v1.32-alpha'),
]

/** What an Istio object without a version gets; it moves with the operator, so a mesh never relies on it. */
export const defaultVersion = 'v1.31.0-beta.1'
