import { canonicalJson, stringsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'

const inRoot: Code = { code: 'peerauthentication.root-selector', severity: 'warning', istio: 'ignores' }
const duplicate = (alias: string): Code => ({
  code: 'peerauthentication.duplicate',
  severity: 'warning',
  istio: 'ignores',
  aliases: [alias],
})
const ofAll = duplicate('KIA0002')
const ofSome = duplicate('KIA0003')

/**
 * Several policies at one level, of which only the oldest counts, and policies with a selector in the root namespace,
 * which count nowhere (istio pilot/pkg/model/authentication.go). Both are accepted without a word.
 */
export const peerAuthenticationLevel: Judge = {
  says: [inRoot, ofAll, ofSome],
  kinds: [kinds.peerAuthentication],
  judge(subject, world) {
    const { object, namespace } = subject
    const { rootNamespace } = world.mesh
    const isSelecting = Object.keys(selectorOf(object)).length > 0
    if (isSelecting && namespace === rootNamespace) {
      return [found(subject, inRoot, { pointer: '/spec/selector', params: { rootNamespace } })]
    }
    const level = canonicalJson(selectorOf(object))
    const here = world.config.list(kinds.peerAuthentication, namespace)
    const [oldest] = here.filter((each) => canonicalJson(selectorOf(each)) === level).toSorted(byAge)
    if (oldest === undefined || oldest === object) return []
    const params = {
      winner: oldest.metadata.name,
      level: isSelecting ? 'workload' : namespace === rootNamespace ? 'mesh' : 'namespace',
    }
    const code = isSelecting ? ofSome : ofAll
    return [found(subject, code, { params, evidence: [refOf(subject.cluster, oldest)] })]
  },
}

function selectorOf(object: KubernetesObject): Record<string, string> {
  return stringsAt(object, 'spec', 'selector', 'matchLabels')
}
