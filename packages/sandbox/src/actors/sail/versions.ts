import type { IstioVersion } from '@orbweaver/schemas/versions'

export type ResolvedVersion = { version: string } | { problem: string }

/** The version an object asks for, aliases followed; `problem` in the operator's words. */
export function resolveVersion(versions: readonly IstioVersion[], wanted: string | undefined): ResolvedVersion {
  if (wanted === undefined || wanted === '') return { problem: 'spec.version not set' }
  const found = versions.find((each) => each.name === wanted)
  if (found === undefined) return { problem: `version "${wanted}" not found` }
  if (found.eol)
    return { problem: `version "${wanted}" is end-of-life and cannot be installed; use a supported version` }
  return { version: found.alias ?? found.name }
}
