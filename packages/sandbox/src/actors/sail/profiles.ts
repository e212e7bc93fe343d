import type { JsonRecord } from '@orbweaver/contracts/json'

/** Profiles that the operator ships with every version, and what each adds (sail resources/<version>/profiles/*.yaml). */
const PROFILES: Readonly<Record<string, JsonRecord>> = {
  ambient: { profile: 'ambient' },
  default: { global: { configValidation: true } },
  demo: { profile: 'demo' },
  empty: {},
  openshift: { global: { platform: 'openshift' } },
  'openshift-ambient': { profile: 'ambient', global: { platform: 'openshift' } },
  preview: { profile: 'preview' },
  remote: { profile: 'remote' },
  stable: { profile: 'stable' },
}

/** The layers below the user's values: `default`, and the chosen one on it. */
export function profilesOf(chosen: string | undefined): string[] {
  return chosen === undefined || chosen === 'default' ? ['default'] : ['default', chosen]
}

/** Values of the layers, lowest first; the operator's words where it ships no such profile. */
export function profileValues(version: string, names: readonly string[]): JsonRecord[] | { readonly problem: string } {
  const missing = names.find((name) => PROFILES[name] === undefined)
  if (missing === undefined) return names.map((name) => PROFILES[name] ?? {})
  const file = `${version}/profiles/${missing}.yaml`
  const listed = names.map((name) => `"${name}"`).join(' ')
  const why = `failed to read profile file ${file}: open ${file}: file does not exist`
  return { problem: `failed to apply profile: failed to get values from profile [${listed}]: ${why}` }
}
