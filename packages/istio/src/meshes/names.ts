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

/** Sail installs each revision as Helm release `<revision>-istiod`; Helm refuses longer names (validate_name.go). */
const maxReleaseName = 53

/** A Service's name is a DNS label. */
const maxServiceName = 63

/** Whether names made of a mesh's name and version are longer than their users allow. */
export function nameTooLong(mesh: Mesh): boolean {
  const revision = revisionOf(mesh)
  return `${revision}-istiod`.length > maxReleaseName || entranceName(revision).length > maxServiceName
}
