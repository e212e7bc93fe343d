import type { InjectionHook } from '@orbweaver/contracts/explain-access'
import { type LabelRequirement, matchesLabels } from '@orbweaver/contracts/selectors'
import { type Hook, hookMatches } from '../../injection/hooks.ts'
import type { Labels } from '../../world/labels.ts'

/** Each webhook, and which conditions of its selectors fail. */
export function hooksTold(hooks: readonly Hook[], ofNamespace: Labels, ofPod: Labels): InjectionHook[] {
  return hooks.map((hook) => {
    const { config, webhook, revision, tag } = hook
    const fails = [
      ...failing(hook.namespaceSelector, 'namespace', ofNamespace),
      ...failing(hook.objectSelector, 'pod', ofPod),
    ]
    return {
      config,
      webhook,
      revision,
      ...(tag !== undefined && { tag }),
      matches: hookMatches(hook, ofNamespace, ofPod),
      fails,
    }
  })
}

function failing(
  selector: readonly LabelRequirement[] | undefined,
  of: 'namespace' | 'pod',
  labels: Labels,
): InjectionHook['fails'] {
  if (selector === undefined) return [{ of, condition: 'malformed' }]
  return selector
    .filter((each) => !matchesLabels([each], labels))
    .map((each) => {
      const value = labels[each.key]
      return { of, condition: spelled(each), ...(value !== undefined && { value }) }
    })
}

function spelled({ key, operator, values }: LabelRequirement): string {
  return values.length === 0 ? `${key} ${operator}` : `${key} ${operator} (${values.join(', ')})`
}
