import type { Message } from '@orbweaver/contracts/message'
import { flagAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { matchesLabels } from '@orbweaver/contracts/selectors'
import { ignoredNamespaces, names } from '../world/names.ts'
import type { Labels } from '../world/labels.ts'
import { type Hook, hookMatches, type Injector, injectorOf } from './hooks.ts'
import { defaultPolicy, type InjectorPolicy } from './injector-policy.ts'
import { type InjectionWorld, namespaceLabels } from './world.ts'
import { whyUnmatched } from './why-unmatched.ts'
import { namespaceOf } from '../world/namespace-of.ts'

/** Whether a Pod created now would get a sidecar, from whom, and why: reasons in the order they decide. */
export type Injection = {
  injected: boolean
  /** Webhook configurations that let the Pod through; more than one means two installations inject it. */
  matched: readonly Injector[]
  /** The one that injects, first called first; undefined when nobody does. */
  by: Injector | undefined
  trail: readonly Message[]
}

/**
 * Both gates of injection: the API server's selectors over all live webhooks, then istiod's own decision
 * (istio pkg/kube/inject/inject.go, injectRequired). `labels` lets a plan ask about labels a namespace does not have yet.
 */
export function simulate(world: InjectionWorld, pod: KubernetesObject, labels?: Labels): Injection {
  const namespace = namespaceOf(pod)
  const ofNamespace = labels ?? namespaceLabels(world.view, namespace)
  const hooks = matchingHooks(world.hooks, ofNamespace, labelsOf(pod))
  const [first] = hooks
  if (first === undefined) {
    const trail = [whyUnmatched(world.hooks, ofNamespace, labelsOf(pod))]
    return { injected: false, matched: [], by: undefined, trail }
  }
  const verdict = decide(world.policies.get(first.revision) ?? defaultPolicy, pod)
  const matched = hooks.map(injectorOf)
  const trail = [...hooks.map(matchReason), ...verdict.trail]
  return { injected: verdict.inject, matched, by: verdict.inject ? injectorOf(first) : undefined, trail }
}

/** At most one webhook of a configuration injects: the second finds the sidecar of the same revision in place. */
function matchingHooks(hooks: readonly Hook[], ofNamespace: Labels, ofPod: Labels): Hook[] {
  const byConfig = new Map<string, Hook>()
  for (const hook of hooks) {
    if (!byConfig.has(hook.config) && hookMatches(hook, ofNamespace, ofPod)) byConfig.set(hook.config, hook)
  }
  return [...byConfig.values()]
}

function matchReason(hook: Hook): Message {
  const params = { config: hook.config, webhook: hook.webhook, revision: hook.revision }
  if (hook.tag === undefined) return { code: 'webhook-matches', params }
  return { code: 'webhook-matches-tag', params: { ...params, tag: hook.tag } }
}

type Verdict = { inject: boolean; trail: Message[] }

function decide(policy: InjectorPolicy, pod: KubernetesObject): Verdict {
  const namespace = namespaceOf(pod)
  if (flagAt(pod, 'spec', 'hostNetwork') === true) return refuse('host-network')
  if (ignoredNamespaces.includes(namespace)) return refuse('system-namespace', { namespace })
  const labels = labelsOf(pod)
  const wish = labels[names.inject] ?? annotationsOf(pod)[names.inject] ?? ''
  if (wish === 'true') return { inject: true, trail: [{ code: 'pod-opted-in', params: {} }] }
  if (wish === 'false') return refuse('pod-opted-out')
  const verdict = decideBySelectors(policy, labels)
  if (wish === '') return verdict
  return { ...verdict, trail: [{ code: 'invalid-inject-value', params: { value: wish } }, ...verdict.trail] }
}

/** Never beats always; an empty selector counts for neither. */
function decideBySelectors(policy: InjectorPolicy, labels: Labels): Verdict {
  if (policy.neverInject.some((each) => matchesLabels(each, labels))) return refuse('never-inject-selector')
  if (policy.alwaysInject.some((each) => matchesLabels(each, labels))) {
    return { inject: true, trail: [{ code: 'always-inject-selector', params: {} }] }
  }
  if (!policy.enabled) return refuse('policy-disabled')
  return { inject: true, trail: [{ code: 'policy-enabled', params: {} }] }
}

function refuse(code: string, params: Message['params'] = {}): Verdict {
  return { inject: false, trail: [{ code, params }] }
}
