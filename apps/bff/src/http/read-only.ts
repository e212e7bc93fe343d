/**
 * What a console in read-only mode still does although it is no GET: nothing here stores anything in a cluster, sessions
 * aside. Every other operation of the contract is refused, those that are added later too.
 */
const allowed: ReadonlySet<string> = new Set([
  'access.signIn',
  'access.signOut',
  'clusters.test',
  'clusters.contexts',
  'history.plan',
  'meshes.preflight',
  'objects.get',
  'security.compare',
  'security.compareReach',
  'security.explain',
  'security.reach',
  'sidecars.compare',
  'sidecars.comparePods',
  'sidecars.explain',
  'traffic.compare',
  'traffic.explain',
])

export function isAllowedReadOnly(operation: string): boolean {
  return allowed.has(operation)
}
