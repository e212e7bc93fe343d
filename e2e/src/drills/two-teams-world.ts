import { emptyWorld } from '@orbweaver/sandbox/worlds/empty'
import { istioObject, namespace, NETWORKING, service, workload } from '@orbweaver/sandbox/worlds/objects'
import { personas } from '@orbweaver/sandbox/worlds/personas'
import type { World } from '@orbweaver/sandbox/worlds/world'

/** The one namespace that Nils works in. */
export const own = { cluster: 'member-1', namespace: 'bookinfo', workload: 'reviews', rule: 'reviews' }
/** What Nils must never hear of. The names are like nothing else, so that a search for them means something. */
export const secret = {
  cluster: 'member-1',
  namespace: 'secret-team-zz',
  workload: 'secret-ledger-zz',
  rule: 'secret-route-zz',
}
/** No answer to Nils may contain this; names of what is made during a drill end in it too. */
export const secretMark = /secret-[a-z]+-z/

export type Team = typeof own

/** A namespace with a workload and a rule that speaks of it. */
export function team({ namespace: name, workload: app, rule }: Omit<Team, 'cluster'>) {
  const route = { hosts: [app], http: [{ route: [{ destination: { host: app } }] }] }
  return {
    namespace: namespace(name),
    workload: workload({ namespace: name, name: app, image: 'registry.example/app:1', port: 80 }),
    service: service({ namespace: name, name: app, port: 80 }),
    rule: istioObject({ apiVersion: NETWORKING, kind: 'VirtualService' }, { namespace: name, name: rule }, route),
  }
}

/** Two registered members; two teams in the first, the second team in the other as well. */
export function twoTeamsWorld(): World {
  const world = emptyWorld()
  const teams = [[own, secret], [secret]]
  return {
    ...world,
    members: world.members.slice(0, 2).map((member, index) => ({
      ...member,
      registered: true,
      stages: [...member.stages, (teams[index] ?? []).flatMap((each) => Object.values(team(each)))],
    })),
    personas: personas(['hub', 'member-1', 'member-2'], { cluster: own.cluster, namespace: own.namespace }),
  }
}
