import type { Policy } from '@orbweaver/contracts/sidecars'
import { ignoredNamespaces, names } from '../world/names.ts'
import type { Labels } from '../world/labels.ts'

/** What a namespace's two labels ask for, whether or not anybody answers. */
export type NamespacePolicy = { policy: Policy; revision: string | undefined; value: string | undefined }

/**
 * `enabled` beats `istio.io/rev`, any other value of `istio-injection` blocks every path, and both labels at once are a
 * conflict (IST0123) even where the outcome is clear.
 */
export function policyOf(labels: Labels): NamespacePolicy {
  const value = labels[names.injection]
  const revision = labels[names.revision]
  if (value !== undefined && revision !== undefined) return { policy: 'conflict', revision, value }
  if (revision !== undefined) return { policy: 'revision', revision, value }
  if (value === undefined) return { policy: 'none', revision, value }
  if (value === 'enabled') return { policy: 'enabled', revision, value }
  return { policy: value === 'disabled' ? 'disabled' : 'blocked', revision, value }
}

/** Namespaces that no application belongs in: hidden by default, never switched in bulk. */
export function isSystemNamespace(namespace: string, controlPlaneNamespaces: readonly string[] = []): boolean {
  const known = ['istio-operator', 'sail-operator', 'istio-cni', 'ztunnel', 'istio-system', 'orbweaver-system']
  return [...ignoredNamespaces, ...known, ...controlPlaneNamespaces].includes(namespace)
}
