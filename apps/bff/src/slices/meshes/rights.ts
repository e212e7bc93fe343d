/**
 * What a person must be allowed to do themselves in every cluster that a mesh names (design.md section 5): Sail's
 * objects, the namespace and the creation of Secrets. The rest that a blueprint makes follows from these and is the
 * console's own to write: deploy/rbac/personas.yaml gives its admins no more.
 */
export function isAskedOfPerson({ verb, group, resource }: { verb: string; group: string; resource: string }): boolean {
  if (group === 'sailoperator.io') return true
  if (group !== '') return false
  return resource === 'namespaces' || (resource === 'secrets' && verb === 'create')
}
