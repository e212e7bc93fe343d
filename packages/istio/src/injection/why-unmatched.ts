import type { Message } from '@orbweaver/contracts/message'
import { names } from '../world/names.ts'
import type { Labels } from '../world/labels.ts'
import { type Hook, hookMatches } from './hooks.ts'

/**
 * Why no webhook matches, in the order of the decision table in which the labels are looked at. Asked only when none
 * does; the table is that of the chart's selectors (mutatingwebhook.yaml, revision-tags-mwc.yaml).
 */
export function whyUnmatched(hooks: readonly Hook[], ofNamespace: Labels, ofPod: Labels): Message {
  if (hooks.length === 0) return reason('no-webhook')
  const injection = ofNamespace[names.injection]
  if (injection === 'disabled') return reason('namespace-disabled')
  if (injection !== undefined && injection !== 'enabled') return reason('namespace-blocked', { value: injection })
  if (ofPod[names.inject] === 'false') return reason('pod-opted-out')
  if (injection === 'enabled') return reason('default-unserved')
  const revision = ofNamespace[names.revision]
  if (revision !== undefined) return reason('revision-unserved', { revision })
  return whyInUnlabelled(hooks, ofNamespace, ofPod)
}

/** In a namespace with neither label the Pod decides for itself. */
function whyInUnlabelled(hooks: readonly Hook[], ofNamespace: Labels, ofPod: Labels): Message {
  const wished = ofPod[names.revision]
  if (wished !== undefined) return reason('pod-revision-unserved', { revision: wished })
  if (ofPod[names.inject] === 'true') return reason('default-unserved')
  const optIn = { ...ofPod, [names.inject]: 'true' }
  const canOptIn = hooks.some((hook) => hookMatches(hook, ofNamespace, optIn))
  return reason(canOptIn ? 'namespace-unlabelled' : 'namespace-unlabelled-no-default')
}

function reason(code: string, params: Message['params'] = {}): Message {
  return { code, params }
}
