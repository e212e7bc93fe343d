import { only, takingFor } from '../breakage.ts'
import {
  by,
  enabled,
  ignoringNamespaceLabel,
  ignoringPodLabel,
  inject,
  labellingPods,
  rev,
  type Row,
} from './injection-ground.ts'

const asked = { labels: { [inject]: 'true' } }
const refused = { labels: { [inject]: 'false' } }

const ignoringInjection = ignoringNamespaceLabel('istio-injection')
const ignoringRevision = ignoringNamespaceLabel(rev)
const ignoringWish = ignoringPodLabel(inject)
const ignoringPodRevision = ignoringPodLabel(rev)
const takingForEnabled = only(
  { path: /\/namespaces$/ },
  takingFor(['metadata', 'labels', 'istio-injection'], 'enabled'),
)

/**
 * The first gate: selectors of the webhooks' configurations. Source: istio manifests/charts/istio-control/istio-discovery
 * templates/mutatingwebhook.yaml. `default` is the control plane with the tag default.
 */
export const namespaceRows: readonly Row[] = [
  {
    says: 'In a namespace with istio-injection=enabled the control plane of the tag default injects.',
    namespace: enabled,
    by: by.default,
    broken: ignoringInjection,
  },
  {
    says: 'istio-injection=enabled beats a label istio.io/rev beside it.',
    namespace: { ...enabled, [rev]: by.other },
    by: by.default,
    broken: ignoringInjection,
  },
  {
    says: 'istio-injection=enabled beats a label istio.io/rev of the Pod.',
    namespace: enabled,
    pod: { labels: { [rev]: by.other } },
    by: by.default,
    broken: ignoringInjection,
  },
  {
    says: 'In a namespace with istio-injection=enabled sidecar.istio.io/inject=true of the Pod changes nothing.',
    namespace: enabled,
    pod: asked,
    by: by.default,
    broken: labellingPods(inject, 'false'),
  },
  {
    says: 'In a namespace with istio-injection=enabled a Pod with the label sidecar.istio.io/inject=false is left alone.',
    namespace: enabled,
    pod: refused,
    by: by.nobody,
    broken: ignoringWish,
  },
  {
    says: 'In a namespace with istio-injection=disabled nobody injects.',
    namespace: { 'istio-injection': 'disabled' },
    by: by.nobody,
    broken: takingForEnabled,
  },
  {
    says: 'In a namespace with istio-injection=disabled nobody injects a Pod that asks for it.',
    namespace: { 'istio-injection': 'disabled' },
    pod: asked,
    by: by.nobody,
    broken: ignoringInjection,
  },
  {
    says: 'In a namespace with istio-injection=disabled nobody injects a Pod that names a revision.',
    namespace: { 'istio-injection': 'disabled' },
    pod: { labels: { [rev]: by.other, [inject]: 'true' } },
    by: by.nobody,
    broken: ignoringInjection,
  },
  {
    says: 'istio-injection=disabled beats a label istio.io/rev beside it.',
    namespace: { 'istio-injection': 'disabled', [rev]: by.other },
    by: by.nobody,
    broken: ignoringInjection,
  },
  {
    says: 'Any other value of istio-injection is as disabled: true, for one.',
    namespace: { 'istio-injection': 'true' },
    pod: asked,
    by: by.nobody,
    broken: takingForEnabled,
  },
  {
    says: 'An empty istio-injection is as disabled, too.',
    namespace: { 'istio-injection': '', [rev]: by.other },
    by: by.nobody,
    broken: ignoringInjection,
  },
  {
    says: 'In a namespace with istio.io/rev the control plane of that revision injects.',
    namespace: { [rev]: by.other },
    by: by.other,
    broken: ignoringRevision,
  },
  {
    says: "A namespace's istio.io/rev beats the one of the Pod.",
    namespace: { [rev]: by.other },
    pod: { labels: { [rev]: by.default } },
    by: by.other,
    broken: ignoringRevision,
  },
  {
    says: "A namespace's istio.io/rev beats sidecar.istio.io/inject=true, which would mean the tag default.",
    namespace: { [rev]: by.other },
    pod: asked,
    by: by.other,
    broken: ignoringRevision,
  },
  {
    says: 'In a namespace with istio.io/rev a Pod with sidecar.istio.io/inject=false is left alone.',
    namespace: { [rev]: by.other },
    pod: refused,
    by: by.nobody,
    broken: ignoringWish,
  },
  {
    says: "A namespace's istio.io/rev that nobody serves means no injection, whatever the Pod asks for.",
    namespace: { [rev]: 'gone' },
    pod: asked,
    by: by.nobody,
    broken: ignoringRevision,
  },
  {
    says: "A namespace's istio.io/rev may be a tag: the revision behind it injects, and signs with its own name.",
    namespace: { [rev]: by.tag },
    by: by.other,
    broken: ignoringRevision,
  },
  {
    says: 'istio.io/rev=default means the tag default.',
    namespace: { [rev]: 'default' },
    by: by.default,
    broken: ignoringRevision,
  },
  {
    says: 'In a namespace without labels a Pod that says nothing is left alone.',
    by: by.nobody,
    broken: labellingPods(inject, 'true'),
  },
  {
    says: 'In a namespace without labels a Pod with sidecar.istio.io/inject=true gets the tag default.',
    pod: asked,
    by: by.default,
    broken: ignoringWish,
  },
  {
    says: 'In a namespace without labels a Pod with sidecar.istio.io/inject=false is left alone.',
    pod: refused,
    by: by.nobody,
    broken: labellingPods(inject, 'true'),
  },
  {
    says: 'In a namespace without labels sidecar.istio.io/inject=yes is no wish.',
    pod: { labels: { [inject]: 'yes' } },
    by: by.nobody,
    broken: labellingPods(inject, 'true'),
  },
  {
    says: 'In a namespace without labels a Pod that names a revision gets it, without asking for injection.',
    pod: { labels: { [rev]: by.other } },
    by: by.other,
    broken: ignoringPodRevision,
  },
  {
    says: 'In a namespace without labels a Pod that names a revision and asks for injection gets that revision.',
    pod: { labels: { [rev]: by.other, [inject]: 'true' } },
    by: by.other,
    broken: ignoringPodRevision,
  },
  {
    says: 'In a namespace without labels a Pod that names a revision and refuses injection is left alone.',
    pod: { labels: { [rev]: by.other, [inject]: 'false' } },
    by: by.nobody,
    broken: ignoringWish,
  },
  {
    says: 'In a namespace without labels a Pod that names a revision nobody serves is left alone, even if it asks.',
    pod: { labels: { [rev]: 'gone', [inject]: 'true' } },
    by: by.nobody,
    broken: ignoringPodRevision,
  },
  {
    says: 'In a namespace without labels a Pod may name a tag.',
    pod: { labels: { [rev]: by.tag } },
    by: by.other,
    broken: ignoringPodRevision,
  },
  {
    says: 'In a namespace without labels a Pod may name the tag default.',
    pod: { labels: { [rev]: 'default' } },
    by: by.default,
    broken: ignoringPodRevision,
  },
]
