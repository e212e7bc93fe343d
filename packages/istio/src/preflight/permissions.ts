import { check, type ClusterFacts, fix, type Permission, type PreflightCheck } from './check.ts'

const writes = ['create', 'patch', 'delete'] as const
const control = [
  ['', 'namespaces'],
  ['', 'services'],
  ['', 'secrets'],
  ['sailoperator.io', 'istios'],
  ['sailoperator.io', 'istiorevisiontags'],
] as const
const member = [
  ['', 'namespaces'],
  ['', 'serviceaccounts'],
  ['', 'secrets'],
  ['sailoperator.io', 'istios'],
  ['admissionregistration.k8s.io', 'mutatingwebhookconfigurations'],
] as const

/** What making and unmaking a mesh writes in a cluster. Asked of the person and of the console's own account alike. */
export function neededPermissions(role: 'control-plane' | 'member'): Permission[] {
  const resources = role === 'member' ? member : control
  return resources.flatMap(([group, resource]) =>
    writes.filter((verb) => verb !== 'delete' || resource !== 'namespaces').map((verb) => ({ verb, group, resource })),
  )
}

export function permissions({ cluster, permissions: asked }: ClusterFacts): PreflightCheck {
  if (asked === undefined) return check('permissions.unknown', 'unknown', { cluster })
  const refused = asked.filter((each) => !each.allowed).map(({ permission }) => spell(permission))
  if (refused.length === 0) return check('permissions.ok', 'ok', { cluster })
  const params = { count: refused.length, missing: refused.join(', ') }
  return check('permissions.missing', 'blocking', { cluster, params, fix: fix('grant-permissions') })
}

function spell({ verb, group, resource }: Permission): string {
  return `${verb} ${resource}${group === '' ? '' : `.${group}`}`
}
