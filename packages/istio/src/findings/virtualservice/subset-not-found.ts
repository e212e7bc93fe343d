import { at, type JsonRecord } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { isAnalysedSubset } from '../analysed-subsets.ts'
import { type Code, fixByCreating, found, type Judge, type Subject } from '../finding.ts'
import { exporting } from '../exports.ts'
import { isFilled } from '../subset-members.ts'
import { isDefined, rulesFor, rulesOf, subsetsOf } from '../subsets.ts'
import type { MeshWorld } from '../world.ts'
import { destinationsOf } from './destinations.ts'

const missing: Code = {
  code: 'virtualservice.subset-not-found',
  severity: 'error',
  istio: 'accepts',
  aliases: ['IST0101', 'KIA1107'],
}
const hidden: Code = {
  code: 'virtualservice.subset-not-visible',
  severity: 'error',
  istio: 'accepts',
  aliases: ['KIA1107'],
}
const elsewhere: Code = {
  code: 'virtualservice.subset-elsewhere',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0101'],
}

/**
 * Accepted by Istio, answered with 503: a subset that no DestinationRule defines has no endpoints. istioctl looks at rules
 * for the very host whatever their export; Istio at those that are visible, those for wildcards too.
 */
export const subsetNotFound: Judge = {
  says: [missing, hidden, elsewhere],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    if (!world.config.has(kinds.destinationRule)) return []
    const { namespace } = subject
    return destinationsOf(subject.object).flatMap(({ host, subset = '', pointer }) => {
      if (subset === '') return []
      const resolved = resolveHost(host, namespace, world.mesh.domain)
      const analysed = isAnalysedSubset(world, { host, subset, namespace })
      const defined = isDefined(world, { host: resolved, name: subset, namespace })
      if (analysed && defined) return []
      const code = analysed ? hidden : defined ? elsewhere : missing
      const rules = rulesFor(world, resolved)
      const evidence = rules.map((rule) => refOf(world.config.cluster, rule))
      const [only, ...others] = rules.filter((rule) => subsetsOf(rule).some(({ name }) => name === subset))
      const exported = code === hidden && only !== undefined && others.length === 0
      const fixes = exported ? [exporting(world.config.cluster, only, namespace)] : []
      if (code === missing) fixes.push(...fixesOf(subject, world, { host, resolved, subset }))
      return [found(subject, code, { pointer: `${pointer}/subset`, params: { host, subset }, evidence, fixes })]
    })
  },
}

type Wanted = { host: string; resolved: string; subset: string }

/** Defines it by the label `version`, where Pods have that: in the host's only rule, or in a rule of its own. */
function fixesOf(subject: Subject, world: MeshWorld, { host, resolved, subset }: Wanted): Fix[] {
  const labels = { version: subset }
  const owner = world.hosts.find(resolved, subject.namespace)
  if (owner === undefined || owner.services.length === 0 || !isFilled(world, owner, labels)) return []
  const value: JsonRecord = { name: subset, labels }
  const params = { subset }
  const [rule, ...others] = rulesOf(world, resolved)
  if (rule === undefined) {
    const metadata = { name: `${host.split('.')[0]}-subsets`, namespace: subject.namespace }
    const spec: JsonRecord = { host, subsets: [value] }
    const made = { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata, spec }
    return [fixByCreating(subject.cluster, { code: 'define-subset', params }, made)]
  }
  return others.length > 0 ? [] : [defineIn(subject, rule, { value, params })]
}

type Defining = { value: JsonRecord; params: Fix['params'] }

function defineIn(subject: Subject, rule: KubernetesObject, { value, params }: Defining): Fix {
  const has = Array.isArray(at(rule, 'spec', 'subsets'))
  const operation = { op: 'add' as const, path: `/spec/subsets${has ? '/-' : ''}`, value: has ? value : [value] }
  return { code: 'define-subset', params, patches: [{ ref: refOf(subject.cluster, rule), operations: [operation] }] }
}
