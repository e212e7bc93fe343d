import { check, type ClusterFacts, fix, type Lacking, type Permission, type PreflightCheck } from './check.ts'

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
  const refused = asked.filter((each) => !each.allowed)
  if (refused.length === 0) return check('permissions.ok', 'ok', { cluster })
  const of = (who: Lacking) => refused.filter(({ lacking }) => lacking?.includes(who))
  const [person, console] = [spellAll(of('person')), spellAll(of('console'))]
  const params = {
    count: refused.length,
    missing: spellAll(refused),
    ...(person && { person }),
    ...(console && { console }),
  }
  return check('permissions.missing', 'blocking', { cluster, params, fix: fix('grant-permissions') })
}

/** The way back from how a check spells rights. */
export function readRights(spelled: string): Permission[] {
  return spelled.split(', ').map((each) => {
    const [, verb = '', resource = '', group = ''] = /^(\S+) ([^.]+)\.?(.*)$/.exec(each) ?? []
    return { verb, group, resource }
  })
}

function spellAll(answers: readonly { permission: Permission }[]): string {
  return answers.map(({ permission }) => spell(permission)).join(', ')
}

function spell({ verb, group, resource }: Permission): string {
  return `${verb} ${resource}${group === '' ? '' : `.${group}`}`
}
