import type { Message } from '@orbweaver/contracts/message'
import { flagAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { matchesLabels } from '@orbweaver/contracts/selectors'
import { ignoredNamespaces, names } from '../world/names.ts'
import type { Labels } from '../world/labels.ts'
import { type Hook, hookMatches, type Injector, injectorOf } from './hooks.ts'
import { defaultPolicy, type InjectorPolicy } from './injector-policy.ts'
import { type InjectionWorld, namespaceLabels } from './world.ts'
import { lastInjector } from './last-injector.ts'
import { whyUnmatched } from './why-unmatched.ts'
import { namespaceOf } from '../world/namespace-of.ts'

/** Whether a Pod created now would get a sidecar, from whom, and why: reasons in the order they decide. */
export type Injection = {
  injected: boolean
  /** Webhook configurations that let the Pod through, first called first. */
  matched: readonly Injector[]
  /** Those of them whose istiod injects: several revisions put the Pod together anew, one after the other. */
  injecting: readonly Injector[]
  /** The one whose proxy the Pod has in the end; undefined when nobody injects. */
  by: Injector | undefined
  trail: readonly Message[]
}

/**
 * Both gates of injection: the API server's selectors over all live webhooks, then each istiod's own decision
 * (istio pkg/kube/inject/inject.go, injectRequired). `labels` lets a plan ask about labels a namespace does not have yet.
 */
export function simulate(world: InjectionWorld, pod: KubernetesObject, labels?: Labels): Injection {
  const namespace = namespaceOf(pod)
  const ofNamespace = labels ?? namespaceLabels(world.view, namespace)
  const hooks = matchingHooks(world.hooks, ofNamespace, labelsOf(pod))
  const verdicts = hooks.map((hook) => ({
    hook,
    verdict: decide(world.policies.get(hook.revision) ?? defaultPolicy, pod),
  }))
  const [first] = verdicts
  if (first === undefined) {
    const trail = [whyUnmatched(world.hooks, ofNamespace, labelsOf(pod))]
    return { injected: false, matched: [], injecting: [], by: undefined, trail }
  }
  const injecting = verdicts.filter(({ verdict }) => verdict.inject).map(({ hook }) => hook)
  const by = lastInjector(injecting)
  const { verdict } = verdicts.find(({ hook }) => hook === by) ?? first
  return {
    injected: by !== undefined,
    matched: hooks.map(injectorOf),
    injecting: injecting.map(injectorOf),
    by: by && injectorOf(by),
    trail: [...hooks.map(matchReason), ...verdict.trail],
  }
}

/** At most one webhook of a configuration injects: the selectors of its others are made not to match then. */
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
  const { autoInject } = policy
  if (autoInject !== 'enabled' && autoInject !== 'disabled') return refuse('policy-illegal', { value: autoInject })
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
  if (policy.autoInject === 'disabled') return refuse('policy-disabled')
  return { inject: true, trail: [{ code: 'policy-enabled', params: {} }] }
}

function refuse(code: string, params: Message['params'] = {}): Verdict {
  return { inject: false, trail: [{ code, params }] }
}
