import type { Write } from './gate.ts'

const sessions = /\/namespaces\/orbweaver-system\/secrets(\/|$)/
const reports = /\/apis\/orbweaver\.dev\/v1alpha1\/(fleetclusters|meshes)\/[^/]+\/status$/

/**
 * What a console writes without anybody asking for it: who is signed in, and what it sees of clusters and meshes. Those
 * are Secrets of its own namespace, so a drill about secrets must look closer.
 */
export function isUpkeep(write: Write): boolean {
  return isReport(write) || (write.cluster === 'hub' && write.user === undefined && sessions.test(write.path))
}

/** What it tells of clusters and meshes as it sees them: how often depends on what happens between two looks. */
export function isReport({ cluster, path, user }: Write): boolean {
  return cluster === 'hub' && user === undefined && reports.test(path)
}
