import type { Hook } from './hooks.ts'

/**
 * Whose proxy stays: an istiod takes out what another one has put in, and puts in its own (istio pkg/kube/inject/inject.go,
 * stripPod). The API server calls all that inject in their order, and then once more those that want it and after which
 * the Pod was changed (k8s.io/apiserver pkg/admission/plugin/webhook/mutating: dispatcher.go, reinvocationcontext.go).
 */
export function lastInjector(injecting: readonly Hook[]): Hook | undefined {
  let by: Hook | undefined
  const again = new Set<Hook>()
  const called = new Set<Hook>()
  const call = (hook: Hook) => {
    if (by?.revision !== hook.revision) for (const each of called) again.add(each)
    by = hook
    if (hook.reinvocable) called.add(hook)
  }
  for (const hook of injecting) call(hook)
  for (const hook of injecting) if (again.has(hook)) call(hook)
  return by
}
