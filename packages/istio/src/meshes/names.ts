import { revisionName } from '../versions.ts'
import type { Mesh } from './mesh.ts'

/** The revision a mesh's version makes in each of its clusters; the same name everywhere. */
export function revisionOf(mesh: Mesh): string {
  return mesh.version === undefined ? (mesh.controlPlane.revision ?? 'default') : revisionName(mesh.name, mesh.version)
}

/** The Service that members reach this revision's istiod by; one a revision, so that a canary has its own. */
export function entranceName(revision: string): string {
  return `istiod-${revision}-entrance`
}

export function remoteSecretName(cluster: string): string {
  return `istio-remote-secret-${cluster}`
}

/** The chart's own naming, which leaves the namespace out where it is istio-system (revision-tags-mwc.yaml). */
export function defaultTagWebhookName(namespace: string): string {
  return namespace === 'istio-system' ? 'istio-revision-tag-default' : `istio-revision-tag-default-${namespace}`
}

/**
 * Whether names made of a mesh's name and version stay within 63 characters: a Service's name is a DNS label, and the
 * longest of ours is the entrance's.
 */
export function nameTooLong(mesh: Mesh): boolean {
  return entranceName(revisionOf(mesh)).length > 63
}
