/** One entry of the operator's versions.yaml: an alias has `ref`, an end-of-life version has lost its charts. */
export type SailVersion = { name: string; ref?: string; eol?: true }

const installable = (name: string): SailVersion => ({ name })
const ended = (name: string): SailVersion => ({ name, eol: true })
const minors = (minor: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `v${minor}.${count - 1 - index}`)

/**
 * What a Sail Operator 1.31 installs (pkg/istioversion/versions.yaml, main of August 2026): three minors, everything
 * older is end-of-life but still in the CRD's enum. The first entry is the default.
 */
export const sailVersions: readonly SailVersion[] = [
  { name: 'v1.31-latest', ref: 'v1.31.0-beta.1' },
  installable('v1.31.0-beta.1'),
  { name: 'v1.30-latest', ref: 'v1.30.3' },
  ...minors('1.30', 4).map(installable),
  { name: 'v1.29-latest', ref: 'v1.29.6' },
  ...minors('1.29', 7).map(installable),
  ...['1.28', '1.27', '1.26', '1.25', '1.24'].flatMap((minor) => minors(minor, 7).map(ended)),
  { name: 'master', ref: 'v1.32-alpha' },
  installable('v1.32-alpha'),
]

export type ResolvedVersion = { version: string } | { problem: string }

/** The version an object asks for, aliases followed; `problem` in the operator's words. */
export function resolveVersion(versions: readonly SailVersion[], wanted: string | undefined): ResolvedVersion {
  if (wanted === undefined || wanted === '') return { problem: 'spec.version not set' }
  const found = versions.find((each) => each.name === wanted)
  if (found === undefined) return { problem: `version "${wanted}" not found` }
  if (found.eol === true) {
    return { problem: `version "${wanted}" is end-of-life and cannot be installed; use a supported version` }
  }
  return { version: found.ref ?? found.name }
}
