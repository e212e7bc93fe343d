import { labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { enablingLabels } from '../../injection/intent.ts'
import { type NamespacePolicy, policyOf } from '../../injection/policy.ts'
import { type Injection, simulate } from '../../injection/simulate.ts'
import { type InjectionWorld, namespaceLabels } from '../../injection/world.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { step } from '../../pointer.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { areInjectorsKnown } from '../installation.ts'
import { relabelled, type Relabelling } from './relabelling.ts'

const conflict: Code = {
  code: 'namespace.injection-conflict',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['IST0123'],
}
/** istioctl does not see it where `istio-injection` forbids, and never in a control plane's usual namespace. */
const unseen: Code = { code: 'namespace.injection-conflict', severity: 'warning', istio: 'ignores' }
const blocked: Code = { code: 'namespace.injection-blocked', severity: 'warning', istio: 'ignores' }
const defaultUnserved: Code = { code: 'namespace.default-unserved', severity: 'error', istio: 'ignores' }
const revisionUnserved: Code = { code: 'namespace.revision-unserved', severity: 'error', istio: 'ignores' }
const unserved = [defaultUnserved, revisionUnserved]
const twice: Code = { code: 'namespace.injected-twice', severity: 'error', istio: 'accepts' }

/**
 * Namespaces whose labels do not do what they seem to: both labels at once, a value that blocks every path, nobody who
 * answers where it is known who there is, or two who do.
 */
export const namespaceInjection: Judge = {
  says: [conflict, blocked, defaultUnserved, revisionUnserved, twice],
  kinds: [kinds.namespace],
  where: 'every',
  judge(subject, world) {
    const injection = world.injection.find(({ view }) => view.cluster === subject.cluster)
    if (injection === undefined) return []
    const { name } = subject.object.metadata
    const labels = namespaceLabels(subject.view, name)
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'any', namespace: name } }
    const plain = simulate(injection, pod, labels)
    const isKnown = areInjectorsKnown(world, injection)
    const isSeen = name !== 'istio-system' && labels[names.injection] === 'enabled'
    return [labelFinding(policyOf(labels), plain), doubleFinding(plain)]
      .filter((each) => each !== undefined)
      .filter(({ code }) => isKnown || !unserved.includes(code))
      .map(({ code, params, label }) => {
        const fixes = waysOut(subject, injection, code).flatMap((each) => relabelled(subject, injection, each))
        const said = code === conflict && !isSeen ? unseen : code
        const pointer = `/metadata/labels${label === undefined ? '' : step(label)}`
        return found(subject, said, { pointer, params, fixes: fixes.slice(0, 1) })
      })
  },
}

/** `label`: the one that says it, where it is one. */
type Judged = { code: Code; params: Finding['params']; label?: string }

function labelFinding({ policy, revision = '', value = '' }: NamespacePolicy, plain: Injection): Judged | undefined {
  const isServed = plain.matched.length > 0
  switch (policy) {
    case 'conflict':
      return { code: conflict, params: { value, revision } }
    case 'blocked':
      return { code: blocked, params: { value }, label: names.injection }
    case 'enabled':
      return isServed ? undefined : { code: defaultUnserved, params: {}, label: names.injection }
    case 'revision':
      return isServed ? undefined : { code: revisionUnserved, params: { revision }, label: names.revision }
    case 'disabled':
    case 'none':
      return undefined
  }
}

/** Of one revision the second call makes the same sidecar again. */
function doubleFinding({ matched }: Injection): Judged | undefined {
  const [first] = matched
  const second = matched.find(({ revision }) => revision !== first?.revision)
  if (first === undefined || second === undefined) return undefined
  return { code: twice, params: { first: first.config, second: second.config } }
}

const both = [names.injection, names.revision]

/** In the order in which they are tried. */
function waysOut({ object }: Subject, injection: InjectionWorld, code: Code): Relabelling[] {
  const labels = labelsOf(object)
  const answered = enablingLabels(injection)
  const enabled = answered === undefined ? [] : [{ code: 'answered', without: both, with: answered }]
  const outside = { code: 'stay-outside', without: both, with: { [names.injection]: 'disabled' } }
  if (code === conflict) return [{ code: 'one-label', without: [names.revision] }, outside]
  const isMeant = ['enabled', 'true', 'yes', 'on'].includes((labels[names.injection] ?? '').toLowerCase())
  if (code === blocked) return isMeant ? [...enabled, outside] : [outside]
  if (code === twice) return byRevision(injection)
  const wish = (labels[names.revision] ?? '').toLowerCase()
  const near = byRevision(injection).filter((each) => each.with?.[names.revision]?.toLowerCase() === wish)
  return [...near, ...enabled]
}

/** By each revision or tag that somebody answers. */
function byRevision({ hooks }: InjectionWorld): Relabelling[] {
  const answering = [...new Set(hooks.map(({ tag, revision }) => tag ?? revision))]
  return answering.map((revision) => ({ code: 'answered', without: both, with: { [names.revision]: revision } }))
}
