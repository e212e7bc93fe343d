import { canonicalJson, stringsAt, textAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { nearestWord } from '../../values/nearest.ts'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import type { Finding } from '@orbweaver/contracts/plan'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { namesOf } from '../names-of.ts'
import { replace } from '../operations.ts'
import { spell } from '../pods.ts'
import type { MeshWorld } from '../world.ts'

const missing: Code = {
  code: 'workloadgroup.account-not-found',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA1701'],
}
const twice: Code = {
  code: 'workloadgroup.labels-twice',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA1702'],
}

/** Groups of machines: who they run as, and what tells them apart. */
export const workloadGroups: Judge = {
  says: [missing, twice],
  kinds: [kinds.workloadGroup],
  judge: (subject, world) => [...ofAccount(subject, world), ...ofLabels(subject, world)],
}

/** The token of a machine is that of the service account: without it none can be made (istioctl x workload entry configure). */
function ofAccount(subject: Subject, world: MeshWorld): Finding[] {
  const { object, namespace } = subject
  const account = textAt(object, 'spec', 'template', 'serviceAccount') ?? ''
  if (account === '' || account === 'default' || !world.complete(kinds.serviceAccount)) return []
  const known = world.clusters.flatMap((view) => view.list(kinds.serviceAccount, namespace))
  if (known.some(({ metadata }) => metadata.name === account)) return []
  const pointer = '/spec/template/serviceAccount'
  const right = nearestWord(
    known.map(({ metadata }) => metadata.name),
    account,
  )
  const way = { code: 'near-name', params: { right: right ?? '' } }
  const fixes = right === undefined ? [] : [fix(subject, way, [replace(pointer, right)])]
  return [found(subject, missing, { pointer, params: { account, namespace }, fixes })]
}

function ofLabels(subject: Subject, world: MeshWorld): Finding[] {
  const { object, namespace, cluster } = subject
  const labels = stringsAt(object, 'spec', 'metadata', 'labels')
  const own = canonicalJson(labels)
  const others = world.config
    .list(kinds.workloadGroup, namespace)
    .filter((each) => each !== object && canonicalJson(stringsAt(each, 'spec', 'metadata', 'labels')) === own)
    .toSorted(byAge)
  if (Object.keys(labels).length === 0 || others.length === 0) return []
  const params = { labels: spell(labels), others: namesOf(others) }
  const evidence = others.map((each) => refOf(cluster, each))
  return [found(subject, twice, { pointer: '/spec/metadata/labels', params, evidence })]
}
