import type { IstioVersion } from '@orbweaver/schemas/versions'

export type ResolvedVersion = { version: string } | { problem: string }

/** The version an object asks for, aliases followed; `problem` in the operator's words. */
export function resolveVersion(versions: readonly IstioVersion[], wanted: string | undefined): ResolvedVersion {
  if (wanted === undefined || wanted === '') return { problem: 'spec.version not set' }
  const found = versions.find((each) => each.name === wanted)
  if (found === undefined) return { problem: `version "${wanted}" not found` }
  if (found.eol) return { problem: endOfLife(wanted) }
  return { version: found.alias ?? found.name }
}

function endOfLife(version: string): string {
  return `version "${version}" is end-of-life and cannot be installed; use a supported version`
}

/** Only what the Istio controller writes is resolved; who writes a revision by hand may name one that has lost its charts. */
export function hasCharts(versions: readonly IstioVersion[], version: string): boolean {
  return versions.some((each) => each.name === version && !each.eol && each.alias === undefined)
}

/** sail pkg/helm/fsloader.go */
export function chartsMissing(version: string, chart: string): string {
  const path = `${version}/charts/${chart}`
  return `failed to load chart from fs: failed to walk chart directory ${path}: open ${path}: file does not exist`
}
