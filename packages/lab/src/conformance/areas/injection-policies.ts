import { breaking, ignoringSent, only } from '../breakage.ts'
import { check, type Check } from '../check.ts'
import { fits } from '../fits.ts'
import {
  admitted,
  by,
  enabled,
  ignoringPodAnnotation,
  ignoringPodLabel,
  inject,
  injection,
  labellingPods,
  namesOf,
  rev,
  type Row,
} from './injection-ground.ts'

const ignoringWish = ignoringPodLabel(inject)
const ignoringNote = ignoringPodAnnotation(inject)
const other = { [rev]: by.other }
const strict = { [rev]: by.strict }

/** The second gate: istiod's own decision. Source: istio pkg/kube/inject/inject.go, injectRequired. */
export const policyRows: readonly Row[] = [
  {
    says: 'A Pod in the network of its host is never injected.',
    namespace: enabled,
    pod: { labels: { [inject]: 'true' }, spec: { hostNetwork: true } },
    by: by.nobody,
    broken: only({ path: /\/pods$/ }, ignoringSent(['spec', 'hostNetwork'])),
  },
  {
    says: 'The annotation sidecar.istio.io/inject=false keeps a Pod out of injection, too.',
    namespace: enabled,
    pod: { annotations: { [inject]: 'false' } },
    by: by.nobody,
    broken: ignoringNote,
  },
  {
    says: 'The annotation sidecar.istio.io/inject=true does not ask for injection where nothing else does.',
    pod: { annotations: { [inject]: 'true' } },
    by: by.nobody,
    broken: labellingPods(inject, 'true'),
  },
  {
    says: 'The label sidecar.istio.io/inject=true beats the annotation false.',
    namespace: enabled,
    pod: { labels: { [inject]: 'true' }, annotations: { [inject]: 'false' } },
    by: by.default,
    broken: ignoringWish,
  },
  {
    says: 'The label sidecar.istio.io/inject=false beats the annotation true.',
    namespace: enabled,
    pod: { labels: { [inject]: 'false' }, annotations: { [inject]: 'true' } },
    by: by.nobody,
    broken: ignoringWish,
  },
  {
    says: 'An empty label sidecar.istio.io/inject hides the annotation, and leaves the decision to the policy.',
    namespace: enabled,
    pod: { labels: { [inject]: '' }, annotations: { [inject]: 'false' } },
    by: by.default,
    broken: ignoringWish,
  },
  {
    says: 'A label sidecar.istio.io/inject of another value leaves the decision to a policy that injects.',
    namespace: enabled,
    pod: { labels: { [inject]: 'perhaps' } },
    by: by.default,
    broken: labellingPods(inject, 'false'),
  },
  {
    says: 'An annotation sidecar.istio.io/inject of another value leaves the decision to the policy.',
    namespace: enabled,
    pod: { annotations: { [inject]: 'perhaps' } },
    by: by.default,
    broken: labellingPods(inject, 'false'),
  },
  {
    says: 'A Pod that matches the neverInjectSelector is left alone.',
    namespace: other,
    pod: { labels: { never: 'injected' } },
    by: by.nobody,
    broken: ignoringPodLabel('never'),
  },
  {
    says: 'The label sidecar.istio.io/inject=true beats the neverInjectSelector.',
    namespace: other,
    pod: { labels: { never: 'injected', [inject]: 'true' } },
    by: by.other,
    broken: ignoringWish,
  },
  {
    says: 'The annotation sidecar.istio.io/inject=true beats the neverInjectSelector.',
    namespace: other,
    pod: { labels: { never: 'injected' }, annotations: { [inject]: 'true' } },
    by: by.other,
    broken: ignoringNote,
  },
  {
    says: 'The neverInjectSelector beats the alwaysInjectSelector.',
    namespace: other,
    pod: { labels: { never: 'injected', always: 'injected' } },
    by: by.nobody,
    broken: ignoringPodLabel('never'),
  },
  {
    says: 'The alwaysInjectSelector does not reach Pods that no webhook is asked about.',
    pod: { labels: { always: 'injected' } },
    by: by.nobody,
    broken: labellingPods(inject, 'true'),
  },
  {
    says: 'Where the policy is disabled a Pod that says nothing is left alone.',
    namespace: strict,
    by: by.nobody,
    broken: labellingPods(inject, 'true'),
  },
  {
    says: 'Where the policy is disabled a Pod with the label sidecar.istio.io/inject=true is injected.',
    namespace: strict,
    pod: { labels: { [inject]: 'true' } },
    by: by.strict,
    broken: ignoringWish,
  },
  {
    says: 'Where the policy is disabled a Pod with the annotation sidecar.istio.io/inject=true is injected.',
    namespace: strict,
    pod: { annotations: { [inject]: 'true' } },
    by: by.strict,
    broken: ignoringNote,
  },
  {
    says: 'Where the policy is disabled a label sidecar.istio.io/inject of another value asks for nothing.',
    namespace: strict,
    pod: { labels: { [inject]: 'perhaps' } },
    by: by.nobody,
    broken: labellingPods(inject, 'true'),
  },
  {
    says: 'Where the policy is disabled a Pod that matches the alwaysInjectSelector is injected.',
    namespace: strict,
    pod: { labels: { always: 'injected' } },
    by: by.strict,
    broken: ignoringPodLabel('always'),
  },
  {
    says: 'The label sidecar.istio.io/inject=false beats the alwaysInjectSelector.',
    namespace: strict,
    pod: { labels: { always: 'injected', [inject]: 'false' } },
    by: by.nobody,
    broken: ignoringWish,
  },
  {
    says: 'The annotation sidecar.istio.io/inject=false beats the alwaysInjectSelector.',
    namespace: strict,
    pod: { labels: { always: 'injected' }, annotations: { [inject]: 'false' } },
    by: by.nobody,
    broken: ignoringNote,
  },
]

/** Source: istio pkg/kube/inject/initializer.go, IgnoredNamespaces. */
export const systemNamespaces: readonly Check[] = ['kube-system', 'kube-public', 'kube-node-lease'].map((namespace) =>
  check(
    `A Pod in ${namespace} is never injected, even if it asks.`,
    breaking('the difference of system namespaces', (sent) => {
      sent.path = sent.path.replace(`/${namespace}/`, '/default/')
    }),
    async (scene) => {
      await namesOf(scene)
      const answer = await admitted(scene, namespace, { labels: { [inject]: 'true' } })
      fits(injection(answer), { by: by.nobody, proxies: 0 })
    },
  ),
)
