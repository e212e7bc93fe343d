import type { IntentOf, Registration } from '@orbweaver/contracts/intent'
import { plainRecord } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { forbidden } from '@orbweaver/contracts/missing-right'
import { fleetClusters } from '@orbweaver/kube/resources'
import { type DraftItem, noImpact, type Planner, refuse } from '../../changes/draft.ts'
import { inFlight } from '../../changes/in-flight.ts'
import { type Chosen, chooseFrom, readOrigin } from './choose.ts'
import { credentialsCreate, firstSecretName } from './credentials.ts'
import { blockedBy, registeredAs, testConnection } from './kubeconfig-test.ts'

/** Clusters that are asked at once: one that does not answer holds up no more than its own place. */
const mostAsked = 10

type Registering = { registration: Registration; chosen: Chosen & { ok: true } }

/**
 * Two objects in the hub for each cluster: the credentials, written by the console itself because no person may read or
 * write them, and the record, written as the person; whether they may is what decides. Tested again here: a plan is made
 * anew before it is executed, so what is stored was reachable a moment ago.
 */
export const planRegister: Planner<IntentOf<'clusters.register'>> = async ({ viewer, fleet, intent }) => {
  const { hub } = fleet
  const { clusters } = intent
  const names = clusters.map((each) => each.name)
  if (names.includes(hub.name)) return refuse('clusters.reserved_name', { name: hub.name })
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return refuse('clusters.name_twice', { name: twice })
  const question = { verb: 'create', group: fleetClusters.group, resource: fleetClusters.plural }
  if (!(await viewer.may(hub.name, question))) {
    return { ok: false, reasons: [forbidden({ cluster: hub.name, ...question })] }
  }
  const read = readOrigin(intent.source, fleet.offered())
  if (!read.ok) return { ok: false, reasons: [read.refusal] }
  const usable: Registering[] = []
  const refused: Message[] = []
  for (const registration of clusters) {
    const chosen = chooseFrom(read, registration.context)
    if (chosen.ok) usable.push({ registration, chosen })
    else refused.push(chosen.refusal)
  }
  if (refused.length > 0) return { ok: false, reasons: refused }
  const records = hub.mirror.list(fleetClusters)
  const tests = await inFlight(usable, mostAsked, ({ registration, chosen }) =>
    // What is said of it is said of the name that it will have.
    testConnection({
      chosen: { ...chosen, context: registration.name },
      registered: (uid) => registeredAs(records, uid),
    }),
  )
  const blocked = [
    ...tests.flatMap(blockedBy),
    ...sameTwice(usable.map(({ registration }, index) => ({ name: registration.name, uid: tests[index]?.uid }))),
  ]
  const items = usable.flatMap((each, index) => itemsOf(hub.name, each, index))
  return { ok: true, draft: { title: titleOf(usable), items, derived: [], impact: noImpact, blocked, undoable: true } }
}

function itemsOf(hub: string, { registration: { name, spec }, chosen }: Registering, index: number): DraftItem[] {
  const secretName = firstSecretName(name)
  const record = {
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'FleetCluster',
    metadata: { name },
    spec: plainRecord({ ...spec, credentialsSecretName: secretName }),
  }
  return [
    credentialsCreate(hub, { cluster: name, name: secretName, connection: chosen.connection }),
    {
      ref: refOf(hub, record),
      resource: fleetClusters,
      by: 'person',
      op: 'create',
      object: record,
      onlyWith: 2 * index,
    },
  ]
}

/** Two contexts of one kubeconfig often lead to the same cluster, as another user or through another address. */
function sameTwice(all: readonly { name: string; uid: string | undefined }[]): Message[] {
  const first = new Map<string, string>()
  return all.flatMap(({ name, uid }) => {
    if (uid === undefined) return []
    const other = first.get(uid)
    if (other === undefined) first.set(uid, name)
    return other === undefined ? [] : [{ code: 'clusters.same_twice', params: { name, other } }]
  })
}

function titleOf(clusters: readonly Registering[]): Message {
  const [one] = clusters
  if (one === undefined || clusters.length > 1) {
    return { code: 'clusters.register.several', params: { count: clusters.length } }
  }
  const { registration, chosen } = one
  return { code: 'clusters.register', params: { name: registration.name, server: chosen.connection.server } }
}
