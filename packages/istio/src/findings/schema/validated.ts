import { at } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { unknownTopLevel } from '../../validation/admit.ts'
import { decodingFault } from '../../validation/decoding.ts'
import type { Result, Said } from '../../validation/report.ts'
import { annotationProblem, checked } from '../../validation/validate.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { refusalCode, shadowCodes, validationCodes, warningCode } from './codes.ts'
import { fixesOf } from './fixes.ts'
import { keyOf, unlike } from './said.ts'
import { refusalMeant, type Sentence, warningMeant } from './sentences.ts'

/**
 * What istiod's validating webhook says of an object of Istio's kinds: refusals and warnings. istioctl analyze runs the
 * same checks and shows them neither labels nor annotations (pkg/config/analysis/analyzers/schema/validation.go), so what
 * depends on those carries none of its codes.
 */
export const validated: Judge = {
  says: validationCodes,
  kinds: [
    kinds.virtualService,
    kinds.destinationRule,
    kinds.gateway,
    kinds.serviceEntry,
    kinds.sidecar,
    kinds.workloadEntry,
    kinds.workloadGroup,
    kinds.envoyFilter,
    kinds.proxyConfig,
    kinds.peerAuthentication,
    kinds.requestAuthentication,
    kinds.authorizationPolicy,
    kinds.telemetry,
    kinds.wasmPlugin,
    kinds.trafficExtension,
  ],
  judge(subject) {
    const { object } = subject
    const { whole, seen } = resultsOf(object)
    const top = [annotationProblem(object), unknownTopLevel(object)].filter((each) => each !== undefined)
    if (top.length + whole.errors.length + whole.warnings.length === 0) return []
    const told = new Set([...seen.errors, ...seen.warnings].map(keyOf))
    const say = (said: Said, code: Code, sentence: Sentence | undefined): Finding =>
      found(subject, told.has(keyOf(said)) ? code : { ...code, aliases: [] }, {
        pointer: said.pointer,
        params: { ...sentence?.params, words: said.words },
        fixes: fixesOf(subject, { said, sentence }),
      })
    return [
      ...unlike([...top, ...whole.errors]).map((said) => {
        const sentence = refusalMeant(said.words)
        return say(said, refusalCode(sentence?.slug), sentence)
      }),
      ...unlike(whole.warnings).map((said) => {
        if (said.about !== undefined) return say(said, shadowCodes[said.about], shadowOf(said.about, said.words))
        const sentence = warningMeant(said.words)
        return say(said, warningCode(sentence?.slug), sentence)
      }),
    ]
  },
}

type Results = Record<'whole' | 'seen', Pick<Result, 'errors' | 'warnings'>>

/** What istiod says, and what istioctl does. */
function resultsOf(object: KubernetesObject): Results {
  const undecoded = decodingFault(object.kind, at(object, 'spec'))
  if (undecoded !== undefined)
    return { whole: { errors: [undecoded], warnings: [] }, seen: { errors: [], warnings: [] } }
  const whole = checked(object)
  if (!marked(object)) return { whole, seen: whole }
  return { whole, seen: checked({ ...object, metadata: { ...object.metadata, ...unmarked } }) }
}

const unmarked = { labels: {}, annotations: {} }

/** Whether it has a label or an annotation that a check reads. */
function marked({ metadata: { labels, annotations } }: KubernetesObject): boolean {
  return Object.keys({ ...labels, ...annotations }).some((key) => read.has(key))
}

const read: ReadonlySet<string> = new Set([
  'networking.istio.io/enable-autoallocate-ip',
  'istio.io/use-waypoint',
  'internal.istio.io/route-semantics',
  'internal.istio.io/gateway-semantics',
])

function shadowOf(about: NonNullable<Said['about']>, words: string): Sentence {
  if (about === 'unreachable-rule') {
    const [, rule = '', why = ''] = /^virtualService rule (.*?) not used \((.*)\)$/s.exec(words) ?? []
    return { slug: about, params: { rule, why } }
  }
  const [, rule = '', match = '', by = ''] =
    /^virtualService rule (.*?) match (.*) is not used \(duplicate\/overlapping match in rule (.*)\)$/s.exec(words) ??
    []
  return { slug: about, params: { rule, match, by } }
}
