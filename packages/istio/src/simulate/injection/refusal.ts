import type { Place, TrailStep } from '@orbweaver/contracts/explain'
import { flagAt, listAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../findings/world.ts'
import { isTaken } from '../../injection/annotation-values.ts'
import type { Hook } from '../../injection/hooks.ts'
import type { Injection } from '../../injection/simulate.ts'
import { scrapeFault } from '../../injection/scrape-ports.ts'
import type { InjectionWorld } from '../../injection/world.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { podField } from './decided-by.ts'
import type { InjectionSubject } from './subject.ts'

/** Why the API server refuses a Pod, and what says so. */
export type Refusal = { readonly step: TrailStep; readonly place: Place | null }

/** Whose injection is simulated, of which Pod. */
type Asked = { readonly own: InjectionWorld; readonly subject: InjectionSubject; readonly found: Injection }

/**
 * Webhooks are called one after the other, and the first that nobody answers, or whose istiod says no, ends it: where
 * nobody serves it and its failurePolicy is Fail (k8s.io/apiserver pkg/admission/plugin/webhook/mutating/dispatcher.go);
 * where the injector does not take a value of an annotation, or has no template of the name that is asked for (istio
 * pkg/kube/inject/inject.go, RunTemplate), whatever the policy is.
 */
export function refusalOf(world: MeshWorld, asked: Asked): Refusal | undefined {
  const { own, found } = asked
  const isOne = (hook: Hook, of: Injection['matched']) =>
    of.some(({ config, webhook }) => config === hook.config && webhook === hook.webhook)
  for (const hook of own.hooks.filter((each) => isOne(each, found.matched))) {
    const refusal = unanswered(own, hook) ?? (isOne(hook, found.injecting) ? byInjector(world, asked, hook) : undefined)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

/** A Service that is not there, has endpoints and none of them ready, or is not trusted; of one in a file nothing is known. */
function unanswered({ view }: InjectionWorld, hook: Hook): Refusal | undefined {
  const { service, config, webhook } = hook
  if (hook.failsClosed !== true || service === undefined || !view.has(kinds.service)) return undefined
  const code = whyUnanswered({ view }, hook, service)
  if (code === undefined) return undefined
  const params = { config, webhook, service: `${service.namespace}/${service.name}` }
  const object = view.get(kinds.mutatingWebhook, config)
  if (object === undefined) return { step: { code, params }, place: null }
  const index = listAt(object, 'webhooks').findIndex((each) => textAt(each, 'name') === webhook)
  const pointer = `/webhooks/${index}/clientConfig/service`
  return { step: { code, params }, place: { ref: refOf(view.cluster, object), pointer } }
}

function whyUnanswered({ view }: Pick<InjectionWorld, 'view'>, hook: Hook, service: NonNullable<Hook['service']>) {
  if (view.get(kinds.service, service.name, service.namespace) === undefined) return 'refused-no-service'
  if (hasNobodyReady({ view }, service)) return 'refused-nobody-ready'
  return hook.caBundle ? undefined : 'refused-no-ca'
}

function hasNobodyReady({ view }: Pick<InjectionWorld, 'view'>, service: NonNullable<Hook['service']>): boolean {
  const slices = view
    .list(kinds.endpointSlice, service.namespace)
    .filter((each) => labelsOf(each)['kubernetes.io/service-name'] === service.name)
  const endpoints = slices.flatMap((each) => listAt(each, 'endpoints'))
  return slices.length > 0 && endpoints.every((each) => flagAt(each, 'conditions', 'ready') === false)
}

function byInjector(world: MeshWorld, { own, subject }: Asked, { revision }: Hook): Refusal | undefined {
  const annotations = Object.entries(annotationsOf(subject.pod))
  const bad = annotations.find(([name, value]) => !isTaken({ name, value }, world))
  if (bad !== undefined) {
    const [name, value] = bad
    return { step: { code: 'refused-annotation', params: { name, value } }, place: saidAt(subject, name) }
  }
  const known = own.policies.get(revision)?.templates
  const missing = wantedTemplates(subject).find((each) => known?.includes(each) === false)
  if (missing === undefined) return byScraping(world, subject)
  const params = { name: names.templates, template: missing, revision }
  return { step: { code: 'refused-template', params }, place: saidAt(subject, names.templates) }
}

/** What comes last: Pods are changed for Prometheus once templates are applied (istio pkg/kube/inject/webhook.go, postProcessPod). */
function byScraping(world: MeshWorld, subject: InjectionSubject): Refusal | undefined {
  const fault = scrapeFault(annotationsOf(subject.pod), world.mesh)
  if (fault === undefined) return undefined
  const { name, port } = fault
  return { step: { code: 'refused-metrics-port', params: { name, port } }, place: saidAt(subject, name) }
}

function saidAt(subject: InjectionSubject, annotation: string): Place | null {
  return podField({ subject }, 'annotations', annotation)
}

/** As selectTemplates of the same file reads them. */
export function wantedTemplates({ pod }: Pick<InjectionSubject, 'pod'>): string[] {
  const said = annotationsOf(pod)[names.templates]
  return said === undefined ? [] : said.split(',').map((each) => each.trim())
}
